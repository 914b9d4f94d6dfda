#include "service/present/time_text.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "absl/strings/str_format.h"

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

// In the place of `count` digits from `at` on.
void PutDigits(std::string& text, std::size_t at, std::size_t count, std::int64_t value) {
  for (std::size_t i = count; i > 0; i--, value /= 10) {
    text[at + i - 1] = static_cast<char>('0' + value % 10);
  }
}

}  // namespace

Clocks ReadClocks() { return {Read(CLOCK_BOOTTIME), Read(CLOCK_REALTIME)}; }

std::string WallTime(std::int64_t boottime_ns, const Clocks& clocks) {
  // Every path has two of these, so they are put together by hand. The moments may be nonsense from
  // a damaged file: they wrap around instead of overflowing.
  const std::uint64_t age_ns =
      static_cast<std::uint64_t>(clocks.boot_now_ns) - static_cast<std::uint64_t>(boottime_ns);
  const auto wall_ns =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(clocks.wall_now_ns) - age_ns);
  using std::chrono::days;
  const std::chrono::sys_time<std::chrono::nanoseconds> moment{std::chrono::nanoseconds(wall_ns)};
  const auto day = std::chrono::floor<days>(moment);
  const std::chrono::year_month_day date(day);
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(moment - day).count();
  std::string text = "0000-00-00T00:00:00.000Z";
  PutDigits(text, 0, 4, static_cast<int>(date.year()));
  PutDigits(text, 5, 2, static_cast<unsigned>(date.month()));
  PutDigits(text, 8, 2, static_cast<unsigned>(date.day()));
  PutDigits(text, 11, 2, ms / 3'600'000);
  PutDigits(text, 14, 2, ms / 60'000 % 60);
  PutDigits(text, 17, 2, ms / 1'000 % 60);
  PutDigits(text, 20, 3, ms % 1'000);
  return text;
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
