#include "service/cli/explain_command.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/cli/change_text.h"
#include "service/cli/escape.h"
#include "service/cli/exit_code.h"
#include "service/cli/json.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_argument.h"
#include "service/cli/path_text.h"
#include "service/cli/reason.h"
#include "service/cli/story.h"
#include "service/cli/table.h"

namespace pathwatch::cli {
namespace {

std::string ExplainAsJson(const StateView& view, const pw_path_record& path, const Clocks& clocks) {
  Json json;
  json.BeginObject();
  json.Key("path");
  WritePath(view, path, clocks, json);
  json.BeginArray("history");
  for (const pw_change& change : ChangesOf(view, path)) {
    json.BeginObject();
    json.Text("time", WallTime(change.when_boottime_ns, clocks));
    WriteChange(change, path, json);
    json.EndObject();
  }
  json.EndArray();
  json.Text("remedy", Advice(FactsOf(view, path), clocks.boot_now_ns));
  json.EndObject();
  return json.Document() + "\n";
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += EscapeForTerminal(line) + "\n";
  return text;
}

std::string History(const StateView& view, const pw_path_record& path, const Clocks& clocks) {
  const std::vector<pw_change> changes = ChangesOf(view, path);
  if (changes.empty()) return "No change of its state is known.\n";
  Table table({"TIME", "AGE", "CHANGE", "SCOPE", "CAUSE", "REASON"});
  for (const pw_change& change : changes) {
    table.AddRow({WallTime(change.when_boottime_ns, clocks),
                  AgeSince(change.when_boottime_ns, clocks),
                  absl::StrFormat("%s -> %s", pw_state_name(change.from), pw_state_name(change.to)),
                  pw_scope_name(change.scope), pw_change_cause_name(change.cause),
                  ReasonOfChange(change, path)});
  }
  return absl::StrFormat("The last changes of its state, of %d:\n%s", HistoryOf(view, path)->total,
                         table.Text());
}

std::string ExplainAsText(const StateView& view, const pw_path_record& path, const Clocks& clocks) {
  const std::string advice = Advice(FactsOf(view, path), clocks.boot_now_ns);
  return Lines(DescribePath(view, path, clocks)) + "\n" + Lines(DescribeState(view, path, clocks)) +
         "\n" + Lines(DescribeNeighbours(view, path, clocks)) + "\n" + History(view, path, clocks) +
         "\n" +
         (advice.empty() ? "Nothing needs to be done."
                         : "What to do: " + EscapeForTerminal(advice)) +
         "\n";
}

}  // namespace

int RunExplain(const Context& context, const std::string& path, bool json) {
  Wanted wanted;
  wanted.details = [&path](const pw_path_record& candidate) { return HasName(candidate, path); };
  wanted.histories = wanted.details;
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const auto found = FindPath(loaded->view, path);
  if (!found.ok()) {
    Complain(context.err, std::string(found.status().message()));
    return kExitUnknownPath;
  }
  context.out << (json ? ExplainAsJson(loaded->view, **found, context.clocks)
                       : ExplainAsText(loaded->view, **found, context.clocks));
  return loaded->code;
}

}  // namespace pathwatch::cli
