#include "lib/metrics/all_paths_families.h"

#include <numeric>

#include "lib/checker/state_names.h"
#include "lib/metrics/path_choice.h"

namespace pathwatch::metrics {

using enum MetricId;

std::uint32_t AllPaths::not_removed() const {
  return std::accumulate(by_state.begin(), by_state.end(), 0U) - by_state[PW_STATE_REMOVED];
}

AllPaths CountPaths(const Slots<pw_path_record>& paths, std::int64_t now_boottime_ns) {
  AllPaths counts;
  for (const std::uint32_t way : {PW_PASSTHROUGH_NONE, PW_PASSTHROUGH_BSG_URING,
                                  PW_PASSTHROUGH_SG_ASYNC, PW_PASSTHROUGH_SIMULATED}) {
    counts.by_passthrough[pw_passthrough_name(way)] = 0;
  }
  for (const auto& path : paths) {
    if (!path) continue;
    counts.by_state[path->state < PW_STATES ? path->state : std::uint8_t{PW_STATE_UNKNOWN}]++;
    if (path->state == PW_STATE_REMOVED) continue;
    counts.by_passthrough[pw_passthrough_name(path->passthrough)]++;
    counts.unconfirmed += (path->flags & PW_PATH_UNCONFIRMED) != 0 ? 1 : 0;
    counts.stale += IsStale(*path, now_boottime_ns) ? 1 : 0;
  }
  return counts;
}

void AddAllPathsFamilies(const AllPaths& paths, Families& families) {
  for (std::uint32_t state = 0; state < PW_STATES; ++state) {
    families.Add(kPaths, {pw_state_name(state)}, paths.by_state[state]);
  }
  for (const auto& [way, count] : paths.by_passthrough) {
    families.Add(kPassthroughPaths, {way}, count);
  }
  families.Add(kUnconfirmedPaths, {}, paths.unconfirmed);
  families.Add(kStalePaths, {}, paths.stale);
}

}  // namespace pathwatch::metrics
