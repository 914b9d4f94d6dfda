#include "lib/metrics/moment.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace pathwatch::metrics {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kOffsetToleranceNs = 10'000'000;

std::int64_t Clock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * kSecondNs + time.tv_nsec;
}

}  // namespace

Moment Now() {
  return {.boottime_ns = Clock(CLOCK_BOOTTIME), .realtime_ns = Clock(CLOCK_REALTIME)};
}

double Seconds(std::int64_t duration_ns) {
  return static_cast<double>(duration_ns) / static_cast<double>(kSecondNs);
}

// In floating point, since a damaged number must not overflow.
double EpochSeconds(std::int64_t boottime_ns, const Moment& now) {
  if (boottime_ns == 0) return 0;
  const auto offset = static_cast<double>(now.realtime_ns - now.boottime_ns);
  return (static_cast<double>(boottime_ns) + offset) / static_cast<double>(kSecondNs);
}

double SecondsSince(std::int64_t boottime_ns, const Moment& now) {
  const double ns = static_cast<double>(now.boottime_ns) - static_cast<double>(boottime_ns);
  return std::max(ns, 0.0) / static_cast<double>(kSecondNs);
}

Moment SteadyOffset::Apply(const Moment& now) {
  const std::int64_t offset_ns = now.realtime_ns - now.boottime_ns;
  if (!known_ || std::abs(offset_ns - offset_ns_) > kOffsetToleranceNs) offset_ns_ = offset_ns;
  known_ = true;
  return {.boottime_ns = now.boottime_ns, .realtime_ns = now.boottime_ns + offset_ns_};
}

}  // namespace pathwatch::metrics
