// SIGTERM and SIGINT, waited for instead of handled.
//
// Thread rule: made in the first thread before there are others, which inherit that the signals
// are blocked.
#ifndef PATHWATCH_SERVICE_EXPORTER_STOP_SIGNALS_H_
#define PATHWATCH_SERVICE_EXPORTER_STOP_SIGNALS_H_

#include <chrono>
#include <csignal>

namespace pathwatch::exporter {

class StopSignals {
 public:
  StopSignals();

  // Until one comes.
  void Wait() const;
  // True if one comes within that time.
  bool WaitFor(std::chrono::milliseconds time) const;

 private:
  sigset_t signals_;
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_STOP_SIGNALS_H_
