// Says in the log when the published state is lost, and when it is back.
//
// Thread rule: Collect() from any thread.
#ifndef PATHWATCH_SERVICE_EXPORTER_STATE_WATCH_H_
#define PATHWATCH_SERVICE_EXPORTER_STATE_WATCH_H_

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <mutex>
#include <string>
#include <vector>

#include "service/exporter/log.h"

namespace pathwatch::exporter {

// Passes on what another one collects. Nothing is said while nothing changes; that all is well only
// after it was not.
class StateWatch final : public prometheus::Collectable {
 public:
  // Neither is owned; both outlive this object. `state_file` is what the log calls the state.
  StateWatch(const prometheus::Collectable& source, std::string state_file, const Log& log);

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  void Tell(const std::string& problem) const;

  const prometheus::Collectable& source_;
  const std::string state_file_;
  const Log& log_;
  mutable std::mutex mutex_;
  mutable std::string problem_;  // at the last collection, "" if none; guarded by mutex_
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_STATE_WATCH_H_
