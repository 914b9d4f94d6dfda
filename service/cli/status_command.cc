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
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_text.h"
#include "service/cli/state_view.h"
#include "service/cli/worst_paths.h"
#include "service/passthrough_text.h"
#include "service/present/escape.h"
#include "service/present/json.h"
#include "service/present/status_json.h"

namespace pathwatch::cli {
namespace {

constexpr std::size_t kWorstPathsMax = 10;

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
std::string Ways(const present::Summary& summary) {
  std::vector<std::string> lines;
  for (const auto& [way, paths] : summary.by_way) {
    std::string line = absl::StrFormat("%d %s", paths, pw_passthrough_name(way.passthrough));
    const std::string reason = DescribeChoice(way.choice, way.error);
    if (!reason.empty()) line += ": " + reason;
    lines.push_back(std::move(line));
  }
  return lines.empty() ? "none" : absl::StrJoin(lines, "\n             ");
}

std::string DaemonLine(const present::StatusFacts& facts) {
  std::string line = absl::StrFormat("daemon       pathwatchd %s, pid %d",
                                     facts.header.daemon_version, facts.header.daemon_pid);
  if (!facts.heartbeat_age_ns) return line + ", no heartbeat";
  return line + absl::StrFormat(", up for %s, last heartbeat %s ago",
                                present::AgeForSentence(*present::UptimeNs(facts)),
                                present::AgeForSentence(*present::HeartbeatAge(facts)));
}

// "config       2 files, 7 options set, in force for 12 min"
std::string ConfigurationLine(const present::StatusFacts& facts, const present::Clocks& clocks) {
  if (!present::TellsConfiguration(facts)) return "";
  const auto& values = facts.counters->values;
  const auto age = [&](pw_counter counter) {
    return present::AgeForSentence(clocks.boot_now_ns - present::CounterTime(facts, counter));
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

std::string StatusAsText(const StateView& view, const present::StatusFacts& facts,
                         const std::vector<const pw_path_record*>& worst,
                         const present::Clocks& clocks) {
  const present::Summary& summary = facts.summary;
  // Removed is the last state, and is told apart from those that are counted.
  std::string text = absl::StrFormat("paths        %d: %s", summary.paths,
                                     Nonzero(summary.by_state, pw_state_name, PW_STATE_REMOVED));
  const std::size_t removed = summary.by_state[PW_STATE_REMOVED];
  if (removed != 0) absl::StrAppendFormat(&text, "; besides, %d removed", removed);
  absl::StrAppendFormat(
      &text, "\nluns         %d: %d complete, %d degraded, %d without a usable path", summary.luns,
      summary.luns - summary.degraded - summary.no_path, summary.degraded, summary.no_path);
  absl::StrAppend(&text, "\npassthrough  ", Ways(summary), "\n");
  text += present::EscapeForTerminal(DaemonLine(facts)) + "\n";
  text += ConfigurationLine(facts, clocks);
  if (worst.empty()) return text;

  const std::size_t shown = std::min(worst.size(), kWorstPathsMax);
  text +=
      "\n" +
      PathTable(view, {worst.begin(), worst.begin() + static_cast<std::ptrdiff_t>(shown)}, clocks);
  if (shown < worst.size()) {
    absl::StrAppendFormat(&text, "and %d more that are not usable: see pathwatch paths\n",
                          worst.size() - shown);
  }
  return text;
}

std::string StatusAsJson(const present::StatusFacts& facts, const present::Clocks& clocks) {
  present::Json json;
  present::WriteStatus(facts, clocks, json);
  return json.Document() + "\n";
}

int Verdict(const present::Summary& summary) {
  if (summary.no_path != 0) return kExitNoPath;
  return summary.degraded != 0 ? kExitDegraded : kExitOk;
}

}  // namespace

int RunStatus(const Context& context, bool json) {
  Wanted wanted;
  wanted.luns = true;
  wanted.counters = true;
  // The reasons of the worst paths are shown.
  const std::int64_t now_ns = context.clocks.boot_now_ns;
  wanted.details = [now_ns, json](const pw_path_record& path) {
    return !json && present::StandingOf(path, now_ns) == present::Standing::kNotUsable;
  };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const StateView& view = loaded->view;
  const present::Summarizer summarizer = Summarize(view, now_ns);
  const present::Summary& summary = summarizer.summary();
  const present::StatusFacts facts = {view.header, view.heartbeat_age_ns, view.stale,
                                      view.counters ? &*view.counters : nullptr, summary};
  context.out << (json ? StatusAsJson(facts, context.clocks)
                       : StatusAsText(view, facts, WorstPaths(view, summarizer, now_ns),
                                      context.clocks));
  return loaded->code == kExitOk ? Verdict(summary) : loaded->code;
}

}  // namespace pathwatch::cli
