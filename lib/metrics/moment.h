// Time, as the published state has it and as Prometheus wants it.
//
// Thread rule: plain values; any thread.
#ifndef PATHWATCH_LIB_METRICS_MOMENT_H_
#define PATHWATCH_LIB_METRICS_MOMENT_H_

#include <cstdint>

namespace pathwatch::metrics {

// The same moment on two clocks.
struct Moment {
  std::int64_t boottime_ns = 0;  // CLOCK_BOOTTIME, which the published state uses
  std::int64_t realtime_ns = 0;  // CLOCK_REALTIME
};
Moment Now();

double Seconds(std::int64_t duration_ns);

// Seconds since the epoch. 0, which is "never", stays 0.
double EpochSeconds(std::int64_t boottime_ns, const Moment& now);

// For how long it has been so; 0 if it is not past yet.
double SecondsSince(std::int64_t boottime_ns, const Moment& now);

// Two clocks cannot be read at once, so what one is ahead of the other seems to change a little all
// the time. This keeps it as it was until the difference is one that matters: what happened once
// keeps its time, and only a clock that was set, or has drifted for long, moves it.
class SteadyOffset {
 public:
  // The same boottime, and the realtime to go with it.
  Moment Apply(const Moment& now);

 private:
  bool known_ = false;
  std::int64_t offset_ns_ = 0;
};

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_MOMENT_H_
