#include "service/cli/explain_command.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_argument.h"
#include "service/cli/table.h"
#include "service/present/change_text.h"
#include "service/present/escape.h"
#include "service/present/json.h"
#include "service/present/path_json.h"
#include "service/present/reason.h"
#include "service/present/story.h"

namespace pathwatch::cli {
namespace {

std::string ExplainAsJson(const StateView& view, const pw_path_record& path,
                          const present::Clocks& clocks) {
  present::Json json;
  json.BeginObject();
  json.Key("path");
  present::WritePath(FactsOf(view, path), present::PathFields::All(), clocks, json);
  WriteHistory(HistoryOf(view, path), path, clocks, json);
  json.Text("remedy", present::Advice(FactsOf(view, path), clocks.boot_now_ns));
  json.EndObject();
  return json.Document() + "\n";
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += present::EscapeForTerminal(line) + "\n";
  return text;
}

std::string History(const StateView& view, const pw_path_record& path,
                    const present::Clocks& clocks) {
  const std::vector<pw_change> changes = present::ChangesOf(HistoryOf(view, path));
  if (changes.empty()) return "No change of its state is known.\n";
  Table table({"TIME", "AGE", "CHANGE", "SCOPE", "CAUSE", "REASON"});
  for (const pw_change& change : changes) {
    table.AddRow({present::WallTime(change.when_boottime_ns, clocks),
                  present::AgeSince(change.when_boottime_ns, clocks),
                  absl::StrFormat("%s -> %s", pw_state_name(change.from), pw_state_name(change.to)),
                  pw_scope_name(change.scope), pw_change_cause_name(change.cause),
                  present::ReasonOfChange(change, path)});
  }
  return absl::StrFormat("The last changes of its state, of %d:\n%s", HistoryOf(view, path)->total,
                         table.Text());
}

std::string ExplainAsText(const StateView& view, const pw_path_record& path,
                          const present::Clocks& clocks) {
  const present::PathFacts facts = FactsOf(view, path);
  const std::string advice = present::Advice(facts, clocks.boot_now_ns);
  present::Neighbours neighbours(path);
  for (const pw_path_record& other : view.paths) neighbours.Add(other);
  return Lines(present::DescribePath(facts, clocks)) + "\n" +
         Lines(present::DescribeState(facts, clocks)) + "\n" +
         Lines(neighbours.Describe(facts.nexus, clocks)) + "\n" + History(view, path, clocks) +
         "\n" +
         (advice.empty() ? "Nothing needs to be done."
                         : "What to do: " + present::EscapeForTerminal(advice)) +
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
