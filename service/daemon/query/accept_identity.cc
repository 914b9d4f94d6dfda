#include "lib/checker/state_names.h"
#include "service/daemon/query/errors.h"
#include "service/daemon/query/one_path.h"
#include "service/daemon/query/parameters.h"
#include "service/daemon/query/request_answers.h"

namespace pathwatch::service {
namespace {

class AcceptAnswer final : public OnePathAnswer {
 public:
  AcceptAnswer(const Asked& asked, const query::Caller& caller, const std::string& name)
      : OnePathAnswer(asked.published, name), asked_(asked), caller_(caller) {}

 private:
  query::Progress GoOn(std::uint32_t slot, query::Replies& replies) override {
    const discovery::Hctl hctl = present::HctlOf(*file().path(slot));
    if (!asked_.requests.AcceptIdentity(hctl, caller_).ok()) {
      Refuse(*file().path(slot), replies);
      return query::Progress::kDone;
    }
    ReplyWithPath(slot, present::PathFields::All(), replies);
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
