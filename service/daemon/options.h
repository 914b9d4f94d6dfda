// What pathwatchd is started with.
#ifndef PATHWATCH_SERVICE_DAEMON_OPTIONS_H_
#define PATHWATCH_SERVICE_DAEMON_OPTIONS_H_

#include <cstdint>

#include "lib/config/configuration.h"
#include "lib/health/time.h"
#include "service/daemon/live_configuration.h"

namespace pathwatch::service {

struct DaemonOptions {
  // What is in force at the start, and where it comes from: a reload reads it from there again.
  ConfigurationSource source;
  config::Configuration configuration;

  // 0: run until a signal ends it.
  health::DurationNs run_for_ns = 0;

  // > 0: watch a simulated fabric with so many paths instead of this machine's.
  std::uint32_t simulated_paths = 0;
  std::uint64_t simulated_seed = 1;
  bool simulated_faults = true;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_OPTIONS_H_
