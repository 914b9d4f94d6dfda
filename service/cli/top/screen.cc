#include "service/cli/top/screen.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/cli/top/header_lines.h"
#include "service/cli/top/nexus_rows.h"
#include "service/cli/top/path_order.h"
#include "service/present/reason.h"
#include "service/present/state_counts.h"

namespace pathwatch::top {
namespace {

// From here on there is room for the WWID beside the reason.
constexpr std::size_t kWideScreen = 120;

constexpr const char* kHelp[] = {
    "pathwatch top: what pathwatchd publishes, live. Nothing is asked of a device.",
    "",
    "  n p Tab     other page: paths, I_T nexuses",
    "  arrows, PgUp PgDn, Home End   scroll",
    "  s l d c     sort by state, latency, device, age of the last change; < > the",
    "              sort before, the next one",
    "  /           show only what contains a text: address, device, WWID, dm map,",
    "              nexus, state, host; Esc ends it",
    "  u           show only what is not usable, or all",
    "  h ?         this help        q   end",
    "",
    "The latency of a nexus is the average, and the maximum, of the last checks of",
    "its paths: one value for each path, whenever it was checked.",
    "",
    "Any key ends the help.",
};

Style StyleOf(const pw_path_record& path, std::int64_t boot_now_ns) {
  switch (present::StandingOf(path, boot_now_ns)) {
    case present::Standing::kNotUsable:
      return path.state == PW_STATE_TRANSITIONING ? Style::kDoubtful : Style::kBad;
    case present::Standing::kNotYetKnown:
      return Style::kDoubtful;
    default:
      return present::HasFlag(path, PW_PATH_MARGINAL) ? Style::kDoubtful : Style::kPlain;
  }
}

std::vector<std::string> CellsOf(const Snapshot& snapshot, std::uint32_t slot, bool wide,
                                 const present::Clocks& clocks) {
  const present::PathFacts facts = FactsOf(snapshot, slot);
  const pw_path_record& path = facts.path;
  const bool checked = path.last_check_done_boottime_ns != 0;
  return {present::PathName(path),
          path.sd_name,
          pw_state_name(path.state),
          present::AgeSince(path.since_boottime_ns, clocks),
          checked ? present::LatencyForTable(path.latency_us) : "",
          MapOf(snapshot, path),
          wide ? path.wwid : "",
          present::ReasonOf(facts, clocks.boot_now_ns).what};
}

std::vector<Line> PathTable(const Snapshot& snapshot, const std::vector<std::uint32_t>& slots,
                            std::size_t width, const present::Clocks& clocks) {
  static constexpr std::size_t kRest = 1'000;
  std::vector<std::vector<std::string>> cells;
  cells.reserve(slots.size());
  for (const std::uint32_t slot : slots) {
    cells.push_back(CellsOf(snapshot, slot, width >= kWideScreen, clocks));
  }
  const std::vector<std::string> texts = Arrange({{"PATH", 16},
                                                  {"DEVICE", 8},
                                                  {"STATE", 13},
                                                  {"SINCE", 7},
                                                  {"LATENCY", 7},
                                                  {"DM", 16},
                                                  {"WWID", 36},
                                                  {"REASON", kRest}},
                                                 cells, width);
  std::vector<Line> lines = {{texts.front(), Style::kHeading}};
  for (std::size_t i = 0; i < slots.size(); i++) {
    lines.push_back({texts[i + 1], StyleOf(snapshot.paths[slots[i]], clocks.boot_now_ns)});
  }
  return lines;
}

std::vector<std::string> CellsOf(const NexusRow& row) {
  const pw_nexus_record& nexus = *row.nexus;
  const present::StateCounts counts = present::CountsOf(nexus.paths_total, nexus.paths_by_state);
  return {nexus.name,
          absl::StrFormat("%d: %s", counts.total, present::CountsText(counts, " ")),
          absl::StrFormat("%d", nexus.in_flight),
          nexus.silent != 0 ? "yes" : "no",
          row.maximum_us != 0 ? present::LatencyForTable(row.average_us) : "",
          row.maximum_us != 0 ? present::LatencyForTable(row.maximum_us) : "",
          nexus.target_port};
}

std::vector<Line> NexusTable(const std::vector<NexusRow>& rows, std::size_t first,
                             std::size_t count, std::size_t width) {
  std::vector<std::vector<std::string>> cells;
  for (std::size_t i = first; i < std::min(first + count, rows.size()); i++) {
    cells.push_back(CellsOf(rows[i]));
  }
  const std::vector<std::string> texts = Arrange({{"NEXUS", 12},
                                                  {"PATHS", 28},
                                                  {"IN-FLIGHT", 9},
                                                  {"SILENT", 6},
                                                  {"AVERAGE", 7},
                                                  {"MAXIMUM", 7},
                                                  {"TARGET", width}},
                                                 cells, width);
  std::vector<Line> lines = {{texts.front(), Style::kHeading}};
  for (std::size_t i = 0; i < cells.size(); i++) {
    const NexusRow& row = rows[first + i];
    Style style = row.usable == row.nexus->paths_total ? Style::kPlain : Style::kDoubtful;
    if (row.nexus->silent != 0) style = Style::kBad;
    lines.push_back({texts[i + 1], style});
  }
  return lines;
}

std::string Footer(const Controls& controls, const Screen& screen) {
  if (controls.typing) return "show only what contains: " + controls.typed + "_";
  const std::size_t last = std::min(screen.first + screen.page_rows, screen.rows);
  std::string text = absl::StrFormat(
      "%s %d-%d of %d, by %s", controls.page == Page::kPaths ? "paths" : "I_T nexuses",
      screen.rows == 0 ? 0 : screen.first + 1, last, screen.rows, NameOf(controls.sort));
  if (controls.only_not_usable) text += ", only not usable";
  if (!controls.filter.empty()) text += ", with " + controls.filter;
  return text + "   h help  q end";
}

void DrawTable(const Snapshot& snapshot, const Controls& controls, std::size_t width,
               const present::Clocks& clocks, Screen& screen) {
  std::vector<Line> table;
  if (controls.page == Page::kPaths) {
    PathWindow window = ChoosePaths(snapshot, controls, screen.page_rows, clocks.boot_now_ns);
    screen.rows = window.fitting;
    screen.first = window.first;
    table = PathTable(snapshot, window.slots, width, clocks);
    screen.slots = std::move(window.slots);
  } else {
    const std::vector<NexusRow> rows = NexusRows(snapshot, controls);
    screen.rows = rows.size();
    screen.first = std::min(controls.first, LastFirst(screen.page_rows, rows.size()));
    table = NexusTable(rows, screen.first, screen.page_rows, width);
  }
  screen.lines.insert(screen.lines.end(), table.begin(), table.end());
}

}  // namespace

bool IsLargeEnough(const ScreenSize& size) {
  return size.width >= kLeastSize.width && size.height >= kLeastSize.height;
}

Screen Draw(const Snapshot& snapshot, const Controls& controls, const ScreenSize& size,
            const present::Clocks& clocks) {
  Screen screen;
  if (!IsLargeEnough(size)) {
    screen.lines = {{absl::StrFormat("needs %dx%d", kLeastSize.width, kLeastSize.height)}};
  } else if (controls.help) {
    for (const char* line : kHelp) screen.lines.push_back({line});
  } else {
    screen.lines = HeaderLines(snapshot, size.width, clocks);
    // A fifth of the screen is for changes.
    for (Line& line : ChangeLines(snapshot, size.height / 5, clocks)) {
      screen.lines.push_back(std::move(line));
    }
    screen.page_rows = size.height - std::min(screen.lines.size() + 2, size.height - 1);
    DrawTable(snapshot, controls, size.width, clocks, screen);
    screen.lines.resize(size.height - 1);
    screen.lines.push_back({Printable(Footer(controls, screen)), Style::kTitle});
  }
  if (screen.lines.size() > size.height) screen.lines.resize(size.height);
  for (Line& line : screen.lines) line.text = Cut(std::move(line.text), size.width);
  return screen;
}

}  // namespace pathwatch::top
