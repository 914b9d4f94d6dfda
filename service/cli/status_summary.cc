#include "service/cli/status_summary.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace pathwatch::cli {
namespace {

constexpr std::int64_t kDefaultIntervalNs = 5'000'000'000;
constexpr std::int64_t kDefaultDeadlineNs = 5'000'000'000;

// The paths of one logical unit, by how they count.
struct Lun {
  std::size_t usable = 0;
  std::size_t not_yet_known = 0;
  std::vector<const pw_path_record*> not_usable;
};

// States that need somebody come before those that pass. Unknown numbers count as `unknown`.
int GravityOf(const pw_path_record& path) {
  switch (path.state) {
    case PW_STATE_WRONG_LU:
      return 6;
    case PW_STATE_DOWN:
      return 5;
    case PW_STATE_NO_ANSWER:
      return 4;
    case PW_STATE_UNMAPPED:
      return 3;
    case PW_STATE_UNAVAILABLE:
      return 2;
    case PW_STATE_TRANSITIONING:
      return 1;
    default:
      return 0;
  }
}

void Count(Lun& lun, const pw_path_record& path, Standing standing) {
  if (standing == Standing::kUsable) lun.usable++;
  if (standing == Standing::kNotYetKnown) lun.not_yet_known++;
  if (standing == Standing::kNotUsable) lun.not_usable.push_back(&path);
}

void ByGravity(std::vector<const pw_path_record*>& paths) {
  std::stable_sort(paths.begin(), paths.end(),
                   [](const auto* a, const auto* b) { return GravityOf(*a) > GravityOf(*b); });
}

// Adds the logical units to the summary.
template <class Luns>
void Judge(const Luns& luns, Summary& summary) {
  std::vector<const pw_path_record*> of_degraded;
  for (const auto& [key, lun] : luns) {
    summary.luns++;
    if (lun.not_usable.empty()) continue;
    const bool no_path = lun.usable == 0 && lun.not_yet_known == 0;
    (no_path ? summary.no_path : summary.degraded)++;
    auto& paths = no_path ? summary.worst : of_degraded;
    paths.insert(paths.end(), lun.not_usable.begin(), lun.not_usable.end());
  }
  ByGravity(summary.worst);
  ByGravity(of_degraded);
  summary.worst.insert(summary.worst.end(), of_degraded.begin(), of_degraded.end());
}

}  // namespace

std::int64_t UnknownGraceNs(const pw_path_record& path) {
  const std::int64_t checked_ns = path.last_check_done_boottime_ns;
  if (checked_ns != 0 && path.valid_until_boottime_ns > checked_ns) {
    return path.valid_until_boottime_ns - checked_ns;
  }
  return kDefaultIntervalNs + kDefaultDeadlineNs;
}

Standing StandingOf(const pw_path_record& path, std::int64_t boot_now_ns) {
  switch (path.state) {
    case PW_STATE_UP:
    case PW_STATE_GHOST:
      return Standing::kUsable;
    case PW_STATE_REMOVED:
      return Standing::kGone;
    case PW_STATE_UNKNOWN:
      return boot_now_ns - path.since_boottime_ns <= UnknownGraceNs(path) ? Standing::kNotYetKnown
                                                                          : Standing::kNotUsable;
    default:
      return Standing::kNotUsable;
  }
}

Summary Summarize(const StateView& view, std::int64_t boot_now_ns) {
  Summary summary;
  // A path that belongs to no published logical unit is one of its own: its position makes the
  // key unique.
  std::map<std::tuple<std::uint32_t, std::size_t>, Lun> luns;
  for (std::size_t i = 0; i < view.paths.size(); i++) {
    const pw_path_record& path = view.paths[i];
    const Standing standing = StandingOf(path, boot_now_ns);
    summary.by_state[path.state < PW_STATES ? path.state : std::uint8_t{PW_STATE_UNKNOWN}]++;
    if (standing == Standing::kGone) continue;
    summary.paths++;
    if (path.passthrough < kPassthroughs) summary.by_passthrough[path.passthrough]++;
    summary.by_way[{path.passthrough, path.passthrough_choice, path.passthrough_error}]++;
    Count(luns[{path.lun_index, path.lun_index == PW_NO_INDEX ? i : 0}], path, standing);
  }
  Judge(luns, summary);
  return summary;
}

}  // namespace pathwatch::cli
