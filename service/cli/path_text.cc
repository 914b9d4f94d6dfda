#include "service/cli/path_text.h"

#include <optional>

#include "lib/checker/state_names.h"
#include "service/cli/reason.h"
#include "service/cli/table.h"

namespace pathwatch::cli {
namespace {

std::optional<std::uint64_t> If(bool counts, std::uint64_t value) {
  return counts ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string Marks(const pw_path_record& path) {
  std::string marks = HasFlag(path, PW_PATH_UNCONFIRMED) ? "unconfirmed" : "";
  if (!HasFlag(path, PW_PATH_MARGINAL)) return marks;
  if (!marks.empty()) marks += ",";
  const std::string cause = pw_marginal_cause_name(path.marginal_cause);
  return marks + "marginal" + (cause.empty() ? "" : "(" + cause + ")");
}

std::string PathTable(const StateView& view, const std::vector<const pw_path_record*>& paths,
                      const Clocks& clocks) {
  Table table({"PATH", "DEVICE", "STATE", "MARKS", "SCOPE", "SINCE", "LAST-CHECK", "LATENCY",
               "WWID", "HOST", "REASON"});
  for (const pw_path_record* path : paths) {
    const bool checked = path->last_check_done_boottime_ns != 0;
    table.AddRow({PathName(*path), path->sd_name, pw_state_name(path->state), Marks(*path),
                  pw_scope_name(path->scope), AgeSince(path->since_boottime_ns, clocks),
                  AgeSince(path->last_check_done_boottime_ns, clocks),
                  checked ? LatencyForTable(path->latency_us) : "", path->wwid, HostName(*path),
                  ReasonSentence(FactsOf(view, *path), clocks.boot_now_ns)});
  }
  return table.Text();
}

void WritePath(const StateView& view, const pw_path_record& path, const Clocks& clocks,
               Json& json) {
  const PathFacts facts = FactsOf(view, path);
  // Zeros: no names, and a transport without a name.
  const pw_nexus_record nexus = facts.nexus != nullptr ? *facts.nexus : pw_nexus_record{};
  json.BeginObject();
  json.Text("path", PathName(path));
  json.Text("device", path.sd_name);
  json.Text("sg", path.sg_name);
  json.Text("wwid", path.wwid);
  json.Text("dm", facts.detail != nullptr ? facts.detail->dm_name : "");
  json.Text("state", pw_state_name(path.state));
  json.Text("scope", pw_scope_name(path.scope));
  json.Bool("unconfirmed", HasFlag(path, PW_PATH_UNCONFIRMED));
  json.Bool("marginal", HasFlag(path, PW_PATH_MARGINAL));
  json.Text("marginal_cause", pw_marginal_cause_name(path.marginal_cause));
  json.Text("reason", ReasonSentence(facts, clocks.boot_now_ns));
  json.TextOrNull("since", WallTimeOrNull(path.since_boottime_ns, clocks));
  json.TextOrNull("last_check", WallTimeOrNull(path.last_check_done_boottime_ns, clocks));
  json.NumberOrNull("latency_us", If(path.last_check_done_boottime_ns != 0, path.latency_us));
  json.Number("checks", path.checks);
  json.Text("alua_state", pw_alua_state_name(path.alua_state));
  json.Bool("preferred", HasFlag(path, PW_PATH_PREFERRED));
  json.NumberOrNull("tpg", If(HasFlag(path, PW_PATH_HAS_TPG), path.tpg));
  json.NumberOrNull("rtpi", If(HasFlag(path, PW_PATH_HAS_RTPI), path.rtpi));
  json.Text("host", HostName(path));
  json.Text("nexus", NexusName(path));
  json.Text("initiator_port", nexus.initiator_port);
  json.Text("target_port", nexus.target_port);
  json.Text("transport", pw_transport_name(nexus.transport));
  json.Text("passthrough", pw_passthrough_name(path.passthrough));
  json.Number("generation", path.generation);
  json.EndObject();
}

}  // namespace pathwatch::cli
