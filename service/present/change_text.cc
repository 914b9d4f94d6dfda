#include "service/present/change_text.h"

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/present/escape.h"
#include "service/present/path_facts.h"
#include "service/present/reason.h"
#include "service/present/status_json.h"

namespace pathwatch::present {
void WriteChange(const pw_change& change, const pw_path_record& path, Json& json) {
  json.Text("from", pw_state_name(change.from));
  json.Text("to", pw_state_name(change.to));
  json.Text("scope", pw_scope_name(change.scope));
  json.Text("cause", pw_change_cause_name(change.cause));
  json.Text("reason", ReasonOfChange(change, path));
}

std::string ChangeAsText(const pw_change_record& record, const Clocks& clocks) {
  const pw_path_record path = PathOf(record);
  const pw_change& change = record.change;
  return EscapeForTerminal(absl::StrFormat(
      "%s  %s  %s  %s -> %s  scope %s, by %s: %s", WallTime(change.when_boottime_ns, clocks),
      PathName(path), path.sd_name[0] != '\0' ? path.sd_name : "-", pw_state_name(change.from),
      pw_state_name(change.to), pw_scope_name(change.scope), pw_change_cause_name(change.cause),
      ReasonOfChange(change, path)));
}

std::string ChangeAsJson(const pw_change_record& record, std::optional<std::uint64_t> epoch,
                         const Clocks& clocks) {
  const pw_path_record path = PathOf(record);
  const pw_change& change = record.change;
  Json json;
  json.BeginObject();
  json.Number("sequence", record.sequence);
  if (epoch) json.Text("epoch", EpochText(*epoch));
  json.Text("time", WallTime(change.when_boottime_ns, clocks));
  json.Text("path", PathName(path));
  json.Text("device", path.sd_name);
  json.Text("wwid", path.wwid);
  json.Number("generation", path.generation);
  WriteChange(change, path, json);
  json.EndObject();
  return json.Document();
}

}  // namespace pathwatch::present
