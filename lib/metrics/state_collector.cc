#include "lib/metrics/state_collector.h"

#include <chrono>
#include <utility>

#include "lib/metrics/all_paths_families.h"
#include "lib/metrics/daemon_families.h"
#include "lib/metrics/exporter_families.h"
#include "lib/metrics/families.h"
#include "lib/metrics/lun_families.h"
#include "lib/metrics/path_families.h"
#include "lib/metrics/state_snapshot.h"
#include "lib/metrics/target_families.h"
#include "lib/metrics/targets.h"

namespace pathwatch::metrics {
namespace {

// Everything but the paths that have series of their own.
void AddTotals(const StateSnapshot& snapshot, const AllPaths& paths, const Targets& targets,
               const Moment& now, Families& families) {
  if (snapshot.counters) AddCounterFamilies(*snapshot.counters, now, families);
  AddAllPathsFamilies(paths, families);
  AddTargetFamilies(targets, families);
  AddLunFamilies(snapshot, families);
}

}  // namespace

StateCollector::StateCollector(CollectorOptions options) : options_(std::move(options)) {
  pw_open(options_.state_file.c_str(), &reader_);
}

StateCollector::~StateCollector() { pw_close(&reader_); }

std::vector<prometheus::MetricFamily> StateCollector::Collect() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto start = std::chrono::steady_clock::now();
  const Moment now = offset_.Apply(options_.now());
  StateSnapshot snapshot;
  const pw_result state = ReadState(reader_, now.boottime_ns, snapshot);
  const AllPaths paths = CountPaths(snapshot.paths, now.boottime_ns);
  const PerPath mode = Resolve(options_.per_path, paths.not_removed(), options_.all_paths_max);
  Families families;
  AddExporterFamilies({.version = options_.version,
                       .mode = mode,
                       .last_collect_seconds = last_seconds_,
                       .state = state},
                      snapshot, now, families);
  if (snapshot.header) AddIdentityFamilies(*snapshot.header, now, families);
  if (state == PW_OK) {
    const Targets targets = TargetsOf(snapshot);
    AddTotals(snapshot, paths, targets, now, families);
    const std::vector<std::uint32_t> chosen = ChoosePaths(reader_, snapshot, mode, now.boottime_ns);
    AddPathFamilies(snapshot, targets, chosen, now, families);
  }
  auto collected = families.Take();
  last_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return collected;
}

}  // namespace pathwatch::metrics
