#include "service/daemon/query/errors.h"
#include "service/daemon/query/request_answers.h"
#include "service/daemon/query/streamed_reply.h"

namespace pathwatch::service {
namespace {

class ReloadAnswer final : public query::Answer {
 public:
  ReloadAnswer(const query::Call& call, const Asked& asked)
      : asked_(asked),
        entry_(asked_.reloads, call.id),
        number_(asked.requests.Reload(call.caller)) {}

  query::Progress Continue(query::Replies& replies) override {
    const Reloads reloads = asked_.requests.reloads();
    if (reloads.done < number_) return query::Progress::kWaiting;
    present::Json json;
    json.BeginObject();
    if (!reloads.problems.empty()) {
      json.BeginArray("problems");
      for (const std::string& problem : reloads.problems) json.TextElement(problem);
      json.EndArray();
      json.EndObject();
      replies.Fail(kReloadFailed, json.Document());
      return query::Progress::kDone;
    }
    json.Number("files", reloads.files);
    json.Number("settings", reloads.settings);
    json.EndObject();
    replies.Begin();
    replies.Append(json.Document());
    replies.End(/*continues=*/false);
    return query::Progress::kDone;
  }

 private:
  const Asked asked_;
  const Watchers::Entry entry_;
  const std::uint64_t number_;
};

}  // namespace

std::unique_ptr<query::Answer> Reload(const query::Call& call, const Asked& asked) {
  return std::make_unique<ReloadAnswer>(call, asked);
}

}  // namespace pathwatch::service
