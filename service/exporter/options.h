// What pathwatch-exporter is started with.
#ifndef PATHWATCH_SERVICE_EXPORTER_OPTIONS_H_
#define PATHWATCH_SERVICE_EXPORTER_OPTIONS_H_

#include <cstdint>
#include <string>

#include "lib/config/listen_address.h"
#include "lib/metrics/state_collector.h"

namespace pathwatch::exporter {

struct ExporterOptions {
  std::string state_file = "/run/pathwatch/state";
  config::ListenAddress listen;
  metrics::PerPath per_path = metrics::PerPath::kAuto;
  std::uint32_t all_paths_max = 10'000;
  std::int64_t request_timeout_ns = 10'000'000'000;
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_OPTIONS_H_
