// Times of the published state (CLOCK_BOOTTIME) as text.
//
// Thread rule: ReadClocks makes two system calls; the rest are pure functions. Any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_TIME_TEXT_H_
#define PATHWATCH_SERVICE_PRESENT_TIME_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>

namespace pathwatch::present {

// One moment on two clocks, in nanoseconds.
struct Clocks {
  std::int64_t boot_now_ns = 0;  // CLOCK_BOOTTIME
  std::int64_t wall_now_ns = 0;  // CLOCK_REALTIME, since 1970
};

Clocks ReadClocks();

// RFC 3339, UTC, with milliseconds: "2026-11-22T08:31:25.123Z".
std::string WallTime(std::int64_t boottime_ns, const Clocks& clocks);

// The same, nothing for 0 (never).
std::optional<std::string> WallTimeOrNull(std::int64_t boottime_ns, const Clocks& clocks);

// For a column: "0.3s", "42s", "12m08s", "5h03m", "3d04h". Below zero counts as zero.
std::string AgeForTable(std::int64_t age_ns);

// The age of a moment; "" for 0 (never).
std::string AgeSince(std::int64_t boottime_ns, const Clocks& clocks);

// For a sentence: "0.3 s", "42 s", "12 min", "5 h", "3 d", rounded down. Below zero counts as zero.
std::string AgeForSentence(std::int64_t age_ns);

// For a column: "812us", "1.2ms", "340ms", "3.4s".
std::string LatencyForTable(std::uint32_t latency_us);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_TIME_TEXT_H_
