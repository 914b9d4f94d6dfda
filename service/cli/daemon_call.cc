#include "service/cli/daemon_call.h"

#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/query/client.h"
#include "service/cli/exit_code.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kInterface = "io.pathwatch";

struct Complaint {
  std::vector<std::string> sentences;
  int code = kExitNotDelivered;
};

std::vector<std::string> Texts(const rapidjson::Value& object, const char* name) {
  std::vector<std::string> texts;
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsArray()) return texts;
  for (const auto& element : member->value.GetArray()) {
    if (element.IsString()) texts.emplace_back(element.GetString(), element.GetStringLength());
  }
  return texts;
}

Complaint OfError(const std::string& error, const rapidjson::Value& parameters) {
  if (error == "io.pathwatch.NoSuchPath") {
    const std::string nearest = TextMember(parameters, "nearest");
    return {{"no path " + TextMember(parameters, "path") +
             (nearest.empty() ? "" : "; did you mean " + nearest + "?")},
            kExitUnknownPath};
  }
  if (error == "io.pathwatch.NotWrongLu") {
    return {{absl::StrFormat("path %s is %s, not wrong_lu: it has no new identity to accept",
                             TextMember(parameters, "path"), TextMember(parameters, "state"))},
            kExitNotWrongLu};
  }
  if (error == "io.pathwatch.ReloadFailed") {
    std::vector<std::string> sentences = Texts(parameters, "problems");
    sentences.emplace_back("the configuration was not changed");
    return {std::move(sentences), kExitProblem};
  }
  if (error == "io.pathwatch.TooMany") {
    return {{absl::StrFormat("pathwatchd has too many %s: close some, or set %s",
                             TextMember(parameters, "what"), TextMember(parameters, "option"))}};
  }
  if (error == "org.varlink.service.PermissionDenied") {
    return {
        {"you may not ask pathwatchd for this: run it as root, or as a member of the group that "
         "[query] admin_group names"}};
  }
  if (error.starts_with("org.varlink.service.")) {
    return {{"pathwatchd does not know this request (" + error +
             "): use one of the same release as this tool"}};
  }
  const std::string problem = TextMember(parameters, "problem");
  return {{"pathwatchd refused: " + error + (problem.empty() ? "" : ": " + problem)}};
}

CallFailed Fail(const Context& context, const Complaint& complaint) {
  for (const std::string& sentence : complaint.sentences) Complain(context.err, sentence);
  return {complaint.code};
}

CallFailed Fail(const Context& context, const absl::Status& status) {
  return Fail(context, Complaint{{std::string(status.message())}});
}

}  // namespace

std::variant<rapidjson::Document, CallFailed> CallDaemon(const Context& context,
                                                         const std::string& method,
                                                         const std::string& parameters,
                                                         std::int64_t timeout_ms) {
  const auto client = query::Client::Connect(context.run_dir + "/" + kInterface);
  if (!client.ok()) return Fail(context, client.status());
  const absl::Status sent = (*client)->Send(std::string(kInterface) + "." + method, parameters);
  if (!sent.ok()) return Fail(context, sent);
  auto reply = (*client)->Receive(timeout_ms);
  if (!reply.ok()) return Fail(context, reply.status());
  if (!reply->error.empty()) return Fail(context, OfError(reply->error, reply->parameters));
  return std::move(reply->parameters);
}

std::string TextMember(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsString()) return "";
  return {member->value.GetString(), member->value.GetStringLength()};
}

}  // namespace pathwatch::cli
