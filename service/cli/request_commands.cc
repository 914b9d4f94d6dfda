#include "service/cli/request_commands.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>

#include "absl/strings/str_format.h"
#include "lib/query/answer.h"
#include "service/cli/daemon_call.h"
#include "service/cli/exit_code.h"
#include "service/cli/table.h"
#include "service/present/escape.h"
#include "service/present/json.h"
#include "service/present/time_text.h"

namespace pathwatch::cli {
namespace {

// A check may take the deadline (two minutes at the most), and has to wait for its turn.
constexpr std::int64_t kProbeMs = 150'000;
// The daemon gives its disk 10 s.
constexpr std::int64_t kReloadMs = 60'000;
constexpr std::int64_t kAcceptMs = 10'000;

std::string PathsParameter(const std::vector<std::string>& paths) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("paths");
  for (const std::string& path : paths) json.TextElement(path);
  json.EndArray();
  json.EndObject();
  return json.Document();
}

// Members of another form than the interface has are as absent.
std::uint64_t Number(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member != object.MemberEnd() && member->value.IsUint64() ? member->value.GetUint64() : 0;
}

const rapidjson::Value& List(const rapidjson::Value& object, const char* name) {
  static const rapidjson::Value kNone(rapidjson::kArrayType);
  const auto member = object.FindMember(name);
  return member != object.MemberEnd() && member->value.IsArray() ? member->value : kNone;
}

std::string VerdictTable(const rapidjson::Value& reply) {
  Table table({"PATH", "DEVICE", "STATE", "LATENCY", "REASON"});
  for (const auto& path : List(reply, "paths").GetArray()) {
    if (!path.IsObject()) continue;
    const auto latency_us = static_cast<std::uint32_t>(Number(path, "latency_us"));
    table.AddRow({TextMember(path, "path"), TextMember(path, "device"), TextMember(path, "state"),
                  latency_us == 0 ? "" : present::LatencyForTable(latency_us),
                  TextMember(path, "reason")});
  }
  return table.Text();
}

std::string AsText(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

int RunProbe(const Context& context, const std::vector<std::string>& paths, bool json) {
  const auto reply = CallDaemon(context, "Probe", PathsParameter(paths), kProbeMs);
  if (const auto* failed = std::get_if<CallFailed>(&reply)) return failed->code;
  const auto& told = std::get<rapidjson::Document>(reply);
  context.out << (json ? AsText(told) + "\n" : VerdictTable(told));
  const auto unchecked = List(told, "unchecked").GetArray();
  for (const auto& name : unchecked) {
    if (!name.IsString()) continue;
    Complain(context.err,
             absl::StrFormat("path %s got no verdict: another command is out there, nothing can be "
                             "sent to it now, or it has gone",
                             name.GetString()));
  }
  return unchecked.Empty() ? kExitOk : kExitNotDelivered;
}

int RunAcceptIdentity(const Context& context, const std::string& path) {
  const auto reply =
      CallDaemon(context, "AcceptIdentity", query::TextParameter("path", path), kAcceptMs);
  if (const auto* failed = std::get_if<CallFailed>(&reply)) return failed->code;
  const auto& told = std::get<rapidjson::Document>(reply);
  const auto found = told.FindMember("path");
  if (found != told.MemberEnd() && found->value.IsObject()) {
    context.out << present::EscapeForTerminal(absl::StrFormat(
                       "%s is a path to logical unit %s from now on",
                       TextMember(found->value, "path"), TextMember(found->value, "wwid")))
                << "\n";
  }
  return kExitOk;
}

int RunConfigReload(const Context& context) {
  const auto reply = CallDaemon(context, "Reload", "{}", kReloadMs);
  if (const auto* failed = std::get_if<CallFailed>(&reply)) return failed->code;
  const auto& told = std::get<rapidjson::Document>(reply);
  context.out << absl::StrFormat(
      "the configuration was read again, files: %d, options set in "
      "them: %d\n",
      Number(told, "files"), Number(told, "settings"));
  return kExitOk;
}

}  // namespace pathwatch::cli
