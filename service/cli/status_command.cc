#include "service/cli/status_command.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/cli/escape.h"
#include "service/cli/exit_code.h"
#include "service/cli/json.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_text.h"
#include "service/cli/state_view.h"
#include "service/cli/status_summary.h"
#include "service/passthrough_text.h"

namespace pathwatch::cli {
namespace {

constexpr std::size_t kWorstPathsMax = 10;

// A heartbeat that came while this command began is 0 s old.
std::optional<std::int64_t> HeartbeatAge(const StateView& view) {
  if (!view.heartbeat_age_ns || view.stale) return view.heartbeat_age_ns;
  return std::max<std::int64_t>(*view.heartbeat_age_ns, 0);
}

// From the start to the last sign of life; empty if there is none.
std::optional<std::int64_t> UptimeNs(const StateView& view) {
  if (!view.heartbeat_age_ns) return std::nullopt;
  return view.header.heartbeat_boottime_ns - view.header.started_boottime_ns;
}

void WriteCounters(const StateView& view, Json& json) {
  json.BeginObject("counters");
  for (std::uint32_t i = 0; view.counters && i < PW_COUNTERS; i++) {
    json.Number(pw_counter_name(i), view.counters->values[i]);
  }
  json.EndObject();
}

void WriteWays(const Summary& summary, Json& json) {
  json.BeginArray("passthrough_reasons");
  for (const auto& [way, paths] : summary.by_way) {
    json.BeginObject();
    json.Text("passthrough", pw_passthrough_name(way.passthrough));
    json.Number("paths", paths);
    json.Text("reason", DescribeChoice(way.choice, way.error));
    json.EndObject();
  }
  json.EndArray();
}

// What a daemon older than its configuration file does not say.
bool TellsConfiguration(const StateView& view) {
  return view.counters && view.counters->values[PW_COUNTER_CONFIG_SINCE] != 0;
}

std::int64_t CounterTime(const StateView& view, pw_counter counter) {
  return static_cast<std::int64_t>(view.counters->values[counter]);
}

void WriteConfiguration(const StateView& view, const Clocks& clocks, Json& json) {
  if (!TellsConfiguration(view)) return;
  const auto& values = view.counters->values;
  json.BeginObject("configuration");
  json.TextOrNull("since", WallTimeOrNull(CounterTime(view, PW_COUNTER_CONFIG_SINCE), clocks));
  json.Number("files", values[PW_COUNTER_CONFIG_FILES]);
  json.Number("settings", values[PW_COUNTER_CONFIG_SETTINGS]);
  json.TextOrNull("last_reload",
                  WallTimeOrNull(CounterTime(view, PW_COUNTER_RELOAD_TRIED), clocks));
  json.Bool("last_reload_failed", values[PW_COUNTER_RELOAD_HAS_FAILED] != 0);
  json.EndObject();
}

std::string StatusAsJson(const StateView& view, const Summary& summary, const Clocks& clocks) {
  Json json;
  json.BeginObject();
  json.BeginObject("paths");
  json.Number("total", summary.paths);
  for (std::uint32_t i = 0; i < PW_STATES; i++) json.Number(pw_state_name(i), summary.by_state[i]);
  json.EndObject();
  json.BeginObject("luns");
  json.Number("total", summary.luns);
  json.Number("degraded", summary.degraded);
  json.Number("no_path", summary.no_path);
  json.EndObject();
  json.BeginObject("daemon");
  json.SecondsOrNull("heartbeat_age_s", HeartbeatAge(view));
  json.Bool("stale", view.stale);
  json.Number("pid", view.header.daemon_pid);
  json.Text("version", view.header.daemon_version);
  json.SecondsOrNull("uptime_s", UptimeNs(view));
  // A string: programs that take numbers for floating point would lose its last bits.
  json.Text("epoch", absl::StrFormat("%016x", view.header.epoch));
  json.BeginObject("passthrough");
  for (std::uint32_t i = 0; i < kPassthroughs; i++) {
    json.Number(pw_passthrough_name(i), summary.by_passthrough[i]);
  }
  json.EndObject();
  WriteWays(summary, json);
  WriteConfiguration(view, clocks, json);
  WriteCounters(view, json);
  json.EndObject();
  json.EndObject();
  return json.Document() + "\n";
}

// "14 up, 2 down", without zeros.
template <class Counts>
std::string Nonzero(const Counts& counts, const char* (*name)(std::uint32_t), std::size_t end) {
  std::vector<std::string> parts;
  for (std::uint32_t i = 0; i < end; i++) {
    if (counts[i] != 0) parts.push_back(absl::StrFormat("%d %s", counts[i], name(i)));
  }
  return parts.empty() ? "none" : absl::StrJoin(parts, ", ");
}

// "14 sg_async: the kernel's bsg takes no io_uring commands", a line for each reason.
std::string Ways(const Summary& summary) {
  std::vector<std::string> lines;
  for (const auto& [way, paths] : summary.by_way) {
    std::string line = absl::StrFormat("%d %s", paths, pw_passthrough_name(way.passthrough));
    const std::string reason = DescribeChoice(way.choice, way.error);
    if (!reason.empty()) line += ": " + reason;
    lines.push_back(std::move(line));
  }
  return lines.empty() ? "none" : absl::StrJoin(lines, "\n             ");
}

std::string DaemonLine(const StateView& view) {
  std::string line = absl::StrFormat("daemon       pathwatchd %s, pid %d",
                                     view.header.daemon_version, view.header.daemon_pid);
  if (!view.heartbeat_age_ns) return line + ", no heartbeat";
  return line + absl::StrFormat(", up for %s, last heartbeat %s ago",
                                AgeForSentence(*UptimeNs(view)),
                                AgeForSentence(*HeartbeatAge(view)));
}

// "config       2 files, 7 options set, in force for 12 min"
std::string ConfigurationLine(const StateView& view, const Clocks& clocks) {
  if (!TellsConfiguration(view)) return "";
  const auto& values = view.counters->values;
  const auto age = [&](pw_counter counter) {
    return AgeForSentence(clocks.boot_now_ns - CounterTime(view, counter));
  };
  std::string line =
      absl::StrFormat("config       files: %d, options set in them: %d, in force for %s",
                      values[PW_COUNTER_CONFIG_FILES], values[PW_COUNTER_CONFIG_SETTINGS],
                      age(PW_COUNTER_CONFIG_SINCE));
  if (values[PW_COUNTER_DEVICES_LEFT_OUT] != 0) {
    absl::StrAppendFormat(&line, ", devices left out: %d", values[PW_COUNTER_DEVICES_LEFT_OUT]);
  }
  if (values[PW_COUNTER_RELOAD_HAS_FAILED] != 0) {
    absl::StrAppendFormat(&line,
                          "\n             the reload %s ago has failed and changed nothing: see "
                          "the log, or pathwatch config check",
                          age(PW_COUNTER_RELOAD_TRIED));
  }
  return line + "\n";
}

std::string StatusAsText(const StateView& view, const Summary& summary, const Clocks& clocks) {
  // Removed is the last state, and is told apart from those that are counted.
  std::string text = absl::StrFormat("paths        %d: %s", summary.paths,
                                     Nonzero(summary.by_state, pw_state_name, PW_STATE_REMOVED));
  const std::size_t removed = summary.by_state[PW_STATE_REMOVED];
  if (removed != 0) absl::StrAppendFormat(&text, "; besides, %d removed", removed);
  absl::StrAppendFormat(
      &text, "\nluns         %d: %d complete, %d degraded, %d without a usable path", summary.luns,
      summary.luns - summary.degraded - summary.no_path, summary.degraded, summary.no_path);
  absl::StrAppend(&text, "\npassthrough  ", Ways(summary), "\n");
  text += EscapeForTerminal(DaemonLine(view)) + "\n";
  text += ConfigurationLine(view, clocks);
  if (summary.worst.empty()) return text;

  const std::size_t shown = std::min(summary.worst.size(), kWorstPathsMax);
  const std::vector<const pw_path_record*> worst(
      summary.worst.begin(), summary.worst.begin() + static_cast<std::ptrdiff_t>(shown));
  text += "\n" + PathTable(view, worst, clocks);
  if (shown < summary.worst.size()) {
    absl::StrAppendFormat(&text, "and %d more that are not usable: see pathwatch paths\n",
                          summary.worst.size() - shown);
  }
  return text;
}

int Verdict(const Summary& summary) {
  if (summary.no_path != 0) return kExitNoPath;
  return summary.degraded != 0 ? kExitDegraded : kExitOk;
}

}  // namespace

int RunStatus(const Context& context, bool json) {
  Wanted wanted;
  wanted.counters = true;
  // The reasons of the worst paths are shown.
  const std::int64_t now_ns = context.clocks.boot_now_ns;
  wanted.details = [now_ns, json](const pw_path_record& path) {
    return !json && StandingOf(path, now_ns) == Standing::kNotUsable;
  };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const StateView& view = loaded->view;
  const Summary summary = Summarize(view, now_ns);
  context.out << (json ? StatusAsJson(view, summary, context.clocks)
                       : StatusAsText(view, summary, context.clocks));
  return loaded->code == kExitOk ? Verdict(summary) : loaded->code;
}

}  // namespace pathwatch::cli
