#include "service/cli/path_text.h"

#include "lib/checker/state_names.h"
#include "service/cli/table.h"
#include "service/present/reason.h"

namespace pathwatch::cli {
std::string Marks(const pw_path_record& path) {
  std::string marks = present::HasFlag(path, PW_PATH_UNCONFIRMED) ? "unconfirmed" : "";
  if (!present::HasFlag(path, PW_PATH_MARGINAL)) return marks;
  if (!marks.empty()) marks += ",";
  const std::string cause = pw_marginal_cause_name(path.marginal_cause);
  return marks + "marginal" + (cause.empty() ? "" : "(" + cause + ")");
}

std::string PathTable(const StateView& view, const std::vector<const pw_path_record*>& paths,
                      const present::Clocks& clocks) {
  Table table({"PATH", "DEVICE", "STATE", "MARKS", "SCOPE", "SINCE", "LAST-CHECK", "LATENCY",
               "WWID", "HOST", "REASON"});
  for (const pw_path_record* path : paths) {
    const bool checked = path->last_check_done_boottime_ns != 0;
    table.AddRow({present::PathName(*path), path->sd_name, pw_state_name(path->state), Marks(*path),
                  pw_scope_name(path->scope), present::AgeSince(path->since_boottime_ns, clocks),
                  present::AgeSince(path->last_check_done_boottime_ns, clocks),
                  checked ? present::LatencyForTable(path->latency_us) : "", path->wwid,
                  present::HostName(*path),
                  present::ReasonSentence(FactsOf(view, *path), clocks.boot_now_ns)});
  }
  return table.Text();
}

}  // namespace pathwatch::cli
