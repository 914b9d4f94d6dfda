#include "lib/checker/state_names.h"
#include "service/daemon/query/errors.h"
#include "service/daemon/query/one_path.h"
#include "service/daemon/query/parameters.h"
#include "service/daemon/query/request_answers.h"
#include "service/daemon/query/streamed_reply.h"

namespace pathwatch::service {
namespace {

class AcceptAnswer final : public OnePathAnswer {
 public:
  AcceptAnswer(const Asked& asked, const query::Caller& caller, std::string name)
      : OnePathAnswer(asked.published, std::move(name)), asked_(asked), caller_(caller) {}

 private:
  query::Progress GoOn(std::uint32_t slot, query::Replies& replies) override {
    const discovery::Hctl hctl = present::HctlOf(*file().path(slot));
    if (!asked_.requests.AcceptIdentity(hctl, caller_).ok()) {
      Refuse(*file().path(slot), replies);
      return query::Progress::kDone;
    }
    StreamedReply reply;
    present::Json& json = reply.Json(replies);
    json.BeginObject();
    json.Key("path");
    WritePath(FactsOf(file(), slot), present::PathFields::All(), clocks(), json);
    json.EndObject();
    reply.End(replies, /*continues=*/false);
    return query::Progress::kDone;
  }

  static void Refuse(const pw_path_record& path, query::Replies& replies) {
    present::Json json;
    json.BeginObject();
    json.Text("path", present::PathName(path));
    json.Text("state", pw_state_name(path.state));
    json.EndObject();
    replies.Fail(kNotWrongLu, json.Document());
  }

  const Asked asked_;
  const query::Caller caller_;
};

}  // namespace

std::unique_ptr<query::Answer> AcceptIdentity(const query::Call& call, const Asked& asked) {
  return std::make_unique<AcceptAnswer>(asked, call.caller, TextOf(call.parameters, "path"));
}

}  // namespace pathwatch::service
