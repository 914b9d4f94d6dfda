// What is published, as families of metrics (catalogue.h), for whoever serves them.
//
// It reads the published state anew for each collection and keeps nothing of it: a daemon that
// was replaced, a file that was cut or a heartbeat that has stopped is noticed by the next one.
// No two series of a family have the same labels, whatever the published state holds.
//
// Thread rule: Collect() from any thread; collections take turns.
#ifndef PATHWATCH_LIB_METRICS_STATE_COLLECTOR_H_
#define PATHWATCH_LIB_METRICS_STATE_COLLECTOR_H_

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "lib/checker/state_reader.h"
#include "lib/metrics/moment.h"
#include "lib/metrics/path_choice.h"

namespace pathwatch::metrics {

struct CollectorOptions {
  std::string state_file = "/run/pathwatch/state";
  std::string version = {};  // of the exporter
  PerPath per_path = PerPath::kAuto;
  std::uint32_t all_paths_max = 10'000;
  std::function<Moment()> now = Now;
};

class StateCollector final : public prometheus::Collectable {
 public:
  explicit StateCollector(CollectorOptions options);
  ~StateCollector() override;
  StateCollector(const StateCollector&) = delete;
  StateCollector& operator=(const StateCollector&) = delete;

  // The families that have series now, in the order of the catalogue. Never fails: what is wrong
  // with the published state is among them (pathwatch_state_readable,
  // pathwatch_state_problem_info). Label values are valid UTF-8, whatever bytes an array has given.
  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const CollectorOptions options_;
  mutable std::mutex mutex_;
  mutable pw_reader reader_;         // guarded by mutex_
  mutable SteadyOffset offset_;      // guarded by mutex_
  mutable double last_seconds_ = 0;  // guarded by mutex_
};

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_STATE_COLLECTOR_H_
