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

double EpochSeconds(std::int64_t boottime_ns, const Moment& now) {
  if (boottime_ns == 0) return 0;
  std::int64_t ns = 0;
  if (__builtin_add_overflow(boottime_ns, now.realtime_ns - now.boottime_ns, &ns)) {
    ns = boottime_ns;  // nobody can mean such a time, but it must do no harm
  }
  // Apart from each other, since so many nanoseconds do not fit into a double.
  const std::int64_t seconds = ns / kSecondNs;
  return static_cast<double>(seconds) + Seconds(ns % kSecondNs);
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
