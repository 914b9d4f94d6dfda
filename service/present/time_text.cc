#include "service/present/time_text.h"

#include <time.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace pathwatch::present {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kTenthNs = kSecondNs / 10;
constexpr std::int64_t kMinute = 60;  // these three in seconds
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

std::int64_t Read(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * kSecondNs + now.tv_nsec;
}

// Ages below ten seconds get one decimal.
std::string Seconds(std::int64_t age_ns, const char* unit) {
  if (age_ns >= 10 * kSecondNs) return absl::StrFormat("%d%s", age_ns / kSecondNs, unit);
  const std::int64_t tenths = age_ns / kTenthNs;
  return absl::StrFormat("%d.%d%s", tenths / 10, tenths % 10, unit);
}

}  // namespace

Clocks ReadClocks() { return {Read(CLOCK_BOOTTIME), Read(CLOCK_REALTIME)}; }

std::string WallTime(std::int64_t boottime_ns, const Clocks& clocks) {
  const absl::Duration age = absl::Nanoseconds(clocks.boot_now_ns) - absl::Nanoseconds(boottime_ns);
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::FromUnixNanos(clocks.wall_now_ns) - age,
                          absl::UTCTimeZone());
}

std::optional<std::string> WallTimeOrNull(std::int64_t boottime_ns, const Clocks& clocks) {
  if (boottime_ns == 0) return std::nullopt;
  return WallTime(boottime_ns, clocks);
}

std::string AgeForTable(std::int64_t age_ns) {
  age_ns = std::max<std::int64_t>(age_ns, 0);
  const std::int64_t s = age_ns / kSecondNs;
  if (s < 2 * kMinute) return Seconds(age_ns, "s");
  if (s < kHour) return absl::StrFormat("%dm%02ds", s / kMinute, s % kMinute);
  if (s < kDay) return absl::StrFormat("%dh%02dm", s / kHour, s % kHour / kMinute);
  return absl::StrFormat("%dd%02dh", s / kDay, s % kDay / kHour);
}

std::string AgeSince(std::int64_t boottime_ns, const Clocks& clocks) {
  return boottime_ns == 0 ? "" : AgeForTable(clocks.boot_now_ns - boottime_ns);
}

std::string AgeForSentence(std::int64_t age_ns) {
  age_ns = std::max<std::int64_t>(age_ns, 0);
  const std::int64_t s = age_ns / kSecondNs;
  if (s < 2 * kMinute) return Seconds(age_ns, " s");
  if (s < 2 * kHour) return absl::StrFormat("%d min", s / kMinute);
  if (s < 2 * kDay) return absl::StrFormat("%d h", s / kHour);
  return absl::StrFormat("%d d", s / kDay);
}

std::string LatencyForTable(std::uint32_t latency_us) {
  if (latency_us < 1'000) return absl::StrFormat("%dus", latency_us);
  if (latency_us < 10'000) {
    return absl::StrFormat("%d.%dms", latency_us / 1'000, latency_us / 100 % 10);
  }
  if (latency_us < 1'000'000) return absl::StrFormat("%dms", latency_us / 1'000);
  return absl::StrFormat("%d.%ds", latency_us / 1'000'000, latency_us / 100'000 % 10);
}

}  // namespace pathwatch::present
