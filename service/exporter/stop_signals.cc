#include "service/exporter/stop_signals.h"

#include <cerrno>
#include <ctime>

namespace pathwatch::exporter {

StopSignals::StopSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void StopSignals::Wait() const {
  int signal = 0;
  sigwait(&signals_, &signal);
}

bool StopSignals::WaitFor(std::chrono::milliseconds time) const {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  const std::chrono::nanoseconds rest = time - seconds;
  const timespec limit = {.tv_sec = seconds.count(), .tv_nsec = rest.count()};
  return sigtimedwait(&signals_, nullptr, &limit) >= 0;
}

}  // namespace pathwatch::exporter
