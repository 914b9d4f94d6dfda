#include "service/cli/status_nagios.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/cli/finding.h"
#include "service/cli/state_view.h"
#include "service/cli/worst_paths.h"
#include "service/present/escape.h"
#include "service/present/reason.h"
#include "service/present/status_json.h"

namespace pathwatch::cli {
namespace {

// The long text: monitoring keeps 4 KiB of it or more.
constexpr std::size_t kWorstPathsMax = 10;

// The numbers are the exit codes of plugins.
enum class NagiosState : int { kOk = 0, kWarning = 1, kCritical = 2, kUnknown = 3 };

// One line, in which "|" would begin the performance data.
std::string Harmless(const std::string& text) {
  std::string line = present::EscapeForTerminal(text);
  std::replace(line.begin(), line.end(), '|', '/');
  return line;
}

const char* Word(NagiosState state) {
  switch (state) {
    case NagiosState::kOk:
      return "OK";
    case NagiosState::kWarning:
      return "WARNING";
    case NagiosState::kCritical:
      return "CRITICAL";
    case NagiosState::kUnknown:
      break;
  }
  return "UNKNOWN";
}

std::size_t NotUsable(const present::Summary& summary) {
  return summary.paths - summary.by_state[PW_STATE_UP] - summary.by_state[PW_STATE_GHOST] -
         summary.by_state[PW_STATE_UNKNOWN];
}

std::string Sentence(const present::Summary& summary) {
  const std::size_t down = NotUsable(summary);
  std::string text =
      Counted(summary.paths, "path") + " to " + Counted(summary.luns, "logical unit");
  if (down != 0) absl::StrAppendFormat(&text, ", %d of the paths not usable", down);
  if (summary.by_state[PW_STATE_UNKNOWN] != 0) {
    absl::StrAppendFormat(&text, ", %d of the paths unknown", summary.by_state[PW_STATE_UNKNOWN]);
  }
  if (summary.no_path != 0) {
    absl::StrAppendFormat(&text, "; logical units without a usable path: %d", summary.no_path);
  }
  if (summary.degraded != 0) {
    absl::StrAppendFormat(&text, "; degraded logical units: %d", summary.degraded);
  }
  return text;
}

// 'label'=value;warning;critical;minimum;maximum
std::string Count(const char* label, std::uint64_t value, std::uint64_t maximum) {
  return absl::StrFormat(" '%s'=%d;;;0;%d", label, value, maximum);
}

std::string PerformanceData(const present::StatusFacts& facts) {
  const present::Summary& summary = facts.summary;
  std::string text = absl::StrFormat("'paths'=%d;;;0", summary.paths);
  for (std::uint32_t state = 0; state < PW_STATES; state++) {
    if (state == PW_STATE_REMOVED) continue;  // it is in no total
    text += Count(pw_state_name(state), summary.by_state[state], summary.paths);
  }
  absl::StrAppendFormat(&text, " 'removed'=%d;;;0", summary.by_state[PW_STATE_REMOVED]);
  absl::StrAppendFormat(&text, " 'luns'=%d;;;0", summary.luns);
  text += Count("luns_degraded", summary.degraded, summary.luns);
  text += Count("luns_no_path", summary.no_path, summary.luns);
  if (const auto age_ns = present::HeartbeatAge(facts)) {
    absl::StrAppendFormat(&text, " 'heartbeat_age'=%.3fs;;;0", static_cast<double>(*age_ns) / 1e9);
  }
  return text;
}

std::string Line(NagiosState state, const std::string& sentence) {
  return absl::StrFormat("PATHWATCH %s - %s", Word(state), Harmless(sentence));
}

NagiosState StateOf(const present::Summary& summary) {
  if (summary.no_path != 0) return NagiosState::kCritical;
  return summary.degraded != 0 ? NagiosState::kWarning : NagiosState::kOk;
}

// "4:0:0:1 sdb down: <reason>", a line for each.
std::string WorstAsText(const StateView& view, const std::vector<const pw_path_record*>& worst,
                        std::int64_t now_ns) {
  std::string text;
  for (std::size_t i = 0; i < std::min(worst.size(), kWorstPathsMax); i++) {
    const pw_path_record& path = *worst[i];
    text +=
        Harmless(absl::StrFormat(
            "%s %s %s: %s", present::PathName(path), path.sd_name[0] != '\0' ? path.sd_name : "-",
            pw_state_name(path.state), present::ReasonSentence(FactsOf(view, path), now_ns))) +
        "\n";
  }
  if (worst.size() > kWorstPathsMax) {
    absl::StrAppendFormat(&text, "and %d more that are not usable: see pathwatch paths\n",
                          worst.size() - kWorstPathsMax);
  }
  return text;
}

int Unknown(const Context& context, const std::string& sentence) {
  context.out << Line(NagiosState::kUnknown, sentence) << "\n";
  return static_cast<int>(NagiosState::kUnknown);
}

}  // namespace

int RunStatusNagios(const Context& context) {
  const std::int64_t now_ns = context.clocks.boot_now_ns;
  Wanted wanted;
  wanted.luns = true;
  wanted.details = [now_ns](const pw_path_record& path) {
    return present::StandingOf(path, now_ns) == present::Standing::kNotUsable;
  };
  const auto view = LoadState(context.run_dir, now_ns, wanted);
  if (!view.ok()) return Unknown(context, std::string(view.status().message()));
  const std::vector<std::string> doubts = Doubts(*view);
  if (!doubts.empty()) return Unknown(context, absl::StrJoin(doubts, "; "));

  const present::Summarizer summarizer = Summarize(*view, now_ns);
  const present::Summary& summary = summarizer.summary();
  const NagiosState state = StateOf(summary);
  context.out << Line(state, Sentence(summary)) << " | "
              << PerformanceData(
                     {view->header, view->heartbeat_age_ns, view->stale, nullptr, summary})
              << "\n"
              << WorstAsText(*view, WorstPaths(*view, summarizer, now_ns), now_ns);
  return static_cast<int>(state);
}

}  // namespace pathwatch::cli
