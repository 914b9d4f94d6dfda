// What an operator can tell pathwatchd on its command line.
#ifndef PATHWATCH_SERVICE_DAEMON_OPTIONS_H_
#define PATHWATCH_SERVICE_DAEMON_OPTIONS_H_

#include <cstdint>
#include <string>

#include "lib/health/options.h"
#include "lib/health/time.h"
#include "service/daemon/local_source.h"
#include "service/daemon/log/options.h"

namespace pathwatch::service {

struct DaemonOptions {
  std::string run_dir = "/run/pathwatch";
  LocalOptions local;
  health::Options health;
  // Between two looks at which devices exist.
  health::DurationNs rescan_ns = 30 * health::kSecond;
  // 0: run until a signal ends it.
  health::DurationNs run_for_ns = 0;

  // > 0: watch a simulated fabric with so many paths instead of this machine's.
  std::uint32_t simulated_paths = 0;
  std::uint64_t simulated_seed = 1;
  bool simulated_faults = true;

  LogOptions log;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_OPTIONS_H_
