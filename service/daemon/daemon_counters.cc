// What the daemon publishes about itself.
#include <cstdint>

#include "lib/publish/process_stat.h"
#include "service/daemon/daemon.h"

namespace pathwatch::service {
namespace {

// We have one thread of our own.
std::uint64_t KernelWorkers() {
  const auto stat = publish::ReadProcessStat("/proc", "self");
  return stat.has_value() && stat->threads > 1 ? stat->threads - 1 : 0;
}

}  // namespace

void Daemon::NoteLag(std::int64_t due_ns, std::int64_t now_ns) {
  counted_.loop_lag.Add(health::kLagBounds, now_ns - due_ns);
}

void Daemon::CountChanges(const Inventory::Changes& changes) {
  counted_.paths_found += changes.found.size();
  counted_.paths_gone += changes.gone.size();
  counted_.paths_changed += changes.changed.size();
  counted_.identities_doubted += changes.doubted.size();
}

DaemonCounters Daemon::Counters() const {
  DaemonCounters counters = counted_;
  counters.rescans = rescan_->scans();
  counters.log_lines_dropped = log_->lost();
  counters.passthrough_busy = checks_->busy();
  counters.configuration = live_.counters();
  counters.config_files = configuration().files();
  counters.config_settings = configuration().settings();
  counters.devices_left_out = left_out_.paths.size();
  counters.oldest_sent_ns = checks_->oldest_sent_ns();
  counters.kernel_workers = KernelWorkers();
  if (query_ == nullptr) return counters;
  counters.query = query_->statistics();
  counters.watchers = query_->service().watchers();
  counters.watchers_lost = query_->service().watchers_lost();
  return counters;
}

}  // namespace pathwatch::service
