// All paths, counted.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_ALL_PATHS_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_ALL_PATHS_FAMILIES_H_

#include <array>
#include <cstdint>
#include <map>
#include <string_view>

#include "lib/metrics/families.h"
#include "lib/metrics/state_snapshot.h"

namespace pathwatch::metrics {

// Removed paths count in `by_state` only.
struct AllPaths {
  std::array<std::uint32_t, PW_STATES> by_state{};
  std::map<std::string_view, std::uint32_t> by_passthrough;  // by name
  std::uint32_t unconfirmed = 0;
  std::uint32_t stale = 0;

  std::uint32_t not_removed() const;
};
AllPaths CountPaths(const Slots<pw_path_record>& paths, std::int64_t now_boottime_ns);

void AddAllPathsFamilies(const AllPaths& paths, Families& families);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_ALL_PATHS_FAMILIES_H_
