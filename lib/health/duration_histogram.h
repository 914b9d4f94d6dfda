// How often something took how long.
//
// Thread rule: plain data.
#ifndef PATHWATCH_LIB_HEALTH_DURATION_HISTOGRAM_H_
#define PATHWATCH_LIB_HEALTH_DURATION_HISTOGRAM_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "lib/health/time.h"

namespace pathwatch::health {

inline constexpr std::size_t kDurationBounds = 13;
using DurationBounds = std::array<DurationNs, kDurationBounds>;  // ascending

// The bounds are published (proto/state_table.h).
// Of commands: a fast array answers within the first, a deadline is about the last.
inline constexpr DurationBounds kCommandBounds = {500'000,
                                                  kMillisecond,
                                                  2'500'000,
                                                  5 * kMillisecond,
                                                  10 * kMillisecond,
                                                  25 * kMillisecond,
                                                  50 * kMillisecond,
                                                  100 * kMillisecond,
                                                  250 * kMillisecond,
                                                  500 * kMillisecond,
                                                  kSecond,
                                                  2'500 * kMillisecond,
                                                  5 * kSecond};
// Of how late the loop is.
inline constexpr DurationBounds kLagBounds = {100'000,
                                              250'000,
                                              500'000,
                                              kMillisecond,
                                              2'500'000,
                                              5 * kMillisecond,
                                              10 * kMillisecond,
                                              25 * kMillisecond,
                                              50 * kMillisecond,
                                              100 * kMillisecond,
                                              250 * kMillisecond,
                                              500 * kMillisecond,
                                              kSecond};

struct DurationHistogram {
  // counts[i]: took at most bound i and longer than the one before; the last: longer than all.
  std::array<std::uint64_t, kDurationBounds + 1> counts{};
  std::uint64_t sum_ns = 0;

  // A negative duration counts as 0.
  void Add(const DurationBounds& bounds, DurationNs duration_ns) {
    const DurationNs took_ns = std::max<DurationNs>(duration_ns, 0);
    const auto bound = std::lower_bound(bounds.begin(), bounds.end(), took_ns);
    ++counts[static_cast<std::size_t>(bound - bounds.begin())];
    sum_ns += static_cast<std::uint64_t>(took_ns);
  }
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_DURATION_HISTOGRAM_H_
