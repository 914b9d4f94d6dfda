// Time in the core is a number that arrives with each event; nothing here reads a clock.
#ifndef PATHWATCH_LIB_HEALTH_TIME_H_
#define PATHWATCH_LIB_HEALTH_TIME_H_

#include <cstdint>
#include <limits>

namespace pathwatch::health {

using TimeNs = std::int64_t;      // since boot
using DurationNs = std::int64_t;  // >= 0

inline constexpr DurationNs kMillisecond = 1'000'000;
inline constexpr DurationNs kSecond = 1'000 * kMillisecond;
inline constexpr DurationNs kHour = 3'600 * kSecond;
inline constexpr TimeNs kNever = std::numeric_limits<TimeNs>::max();

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_TIME_H_
