#include "service/cli/top/header_lines.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/present/path_facts.h"
#include "service/present/reason.h"

namespace pathwatch::top {
namespace {

// Two texts at the ends of a line; the left one gives way.
std::string AtBothEnds(std::string left, const std::string& right, std::size_t width) {
  if (right.empty()) return left;
  const std::size_t room = width > right.size() + 1 ? width - right.size() - 1 : 0;
  left = Cut(std::move(left), room);
  left.append(room - left.size() + 1, ' ');
  return left + right;
}

std::string DaemonText(const Snapshot& snapshot, const present::Clocks& clocks) {
  const pw_header& header = snapshot.header;
  std::string text = absl::StrFormat("pathwatchd %s", header.daemon_version);
  if (header.heartbeat_boottime_ns > 0) {
    absl::StrAppendFormat(
        &text, ", up for %s, heartbeat %s ago",
        present::AgeForSentence(header.heartbeat_boottime_ns - header.started_boottime_ns),
        present::AgeForSentence(clocks.boot_now_ns - header.heartbeat_boottime_ns));
  }
  return text;
}

// "08:31:25Z", of "2026-11-22T08:31:25.500Z".
std::string ClockText(const present::Clocks& clocks) {
  return present::WallTime(clocks.boot_now_ns, clocks).substr(11, 8) + "Z";
}

std::string PathsText(const present::Summary& summary) {
  std::string text = absl::StrFormat("paths %d", summary.paths);
  const char* separator = ": ";
  for (std::uint32_t state = 0; state < PW_STATE_REMOVED; state++) {
    if (summary.by_state[state] == 0) continue;
    absl::StrAppendFormat(&text, "%s%d %s", separator, summary.by_state[state],
                          pw_state_name(state));
    separator = ", ";
  }
  if (summary.by_state[PW_STATE_REMOVED] != 0) {
    absl::StrAppendFormat(&text, "; besides, %d removed", summary.by_state[PW_STATE_REMOVED]);
  }
  return text;
}

std::string LunsText(const present::Summary& summary) {
  return absl::StrFormat("luns  %d: %d degraded, %d without a usable path", summary.luns,
                         summary.degraded, summary.no_path);
}

Style StyleOf(const present::Summary& summary) {
  if (summary.no_path != 0) return Style::kBad;
  return summary.degraded != 0 ? Style::kDoubtful : Style::kGood;
}

}  // namespace

std::vector<Line> HeaderLines(const Snapshot& snapshot, std::size_t width,
                              const present::Clocks& clocks) {
  std::vector<Line> lines;
  if (!snapshot.trouble.empty()) lines.push_back({Printable(snapshot.trouble), Style::kAlarm});
  lines.push_back({AtBothEnds(Printable(DaemonText(snapshot, clocks)), ClockText(clocks), width),
                   Style::kTitle});
  lines.push_back({PathsText(snapshot.summary)});
  const std::string checks = snapshot.checks_per_second
                                 ? absl::StrFormat("checks %.0f/s", *snapshot.checks_per_second)
                                 : "";
  lines.push_back(
      {AtBothEnds(LunsText(snapshot.summary), checks, width), StyleOf(snapshot.summary)});
  return lines;
}

std::vector<Line> ChangeLines(const Snapshot& snapshot, std::size_t count,
                              const present::Clocks& clocks) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < std::min(count, snapshot.changes.size()); i++) {
    const pw_change_record& record = snapshot.changes[i];
    const pw_change& change = record.change;
    const pw_path_record path = present::PathOf(record);
    const bool well = change.to == PW_STATE_UP || change.to == PW_STATE_GHOST;
    lines.push_back(
        {Printable(absl::StrFormat(
             "%6s %s %s %s -> %s: %s", present::AgeSince(change.when_boottime_ns, clocks),
             present::PathName(path), record.device[0] != '\0' ? record.device : "-",
             pw_state_name(change.from), pw_state_name(change.to),
             present::ReasonOfChange(change, path))),
         well ? Style::kGood : Style::kPlain});
  }
  return lines;
}

}  // namespace pathwatch::top
