#include "service/daemon/publication.h"

#include <algorithm>

#include "service/daemon/record.h"

namespace pathwatch::service {
namespace {

// Belongs to nothing, so that nothing is touched for it.
pw_path_record UnusedRecord() {
  pw_path_record record{};
  record.lun_index = PW_NO_INDEX;
  return record;
}

}  // namespace

template <class Record>
void Publication::Shared<Record>::Set(std::uint32_t id, const Record& record) {
  if (id >= entries.size()) entries.resize(id + 1);
  entries[id].record = record;
  entries[id].in_use = true;
  Touch(id);
}

template <class Record>
void Publication::Shared<Record>::Touch(std::uint32_t id) {
  if (entries[id].waiting) return;
  entries[id].waiting = true;
  waiting.push_back(id);
}

template <class Record>
void Publication::Shared<Record>::Drop(std::uint32_t id) {
  entries[id].in_use = false;
}

absl::Status Publication::Open(const std::string& run_dir, const publish::Writer& writer,
                               std::int64_t now_ns) {
  // Some room for what comes later, so that the file rarely has to grow.
  const auto room = [](std::uint32_t least, std::size_t wanted) {
    return std::max(least, static_cast<std::uint32_t>(wanted + wanted / 4));
  };
  publish::Capacities capacities;
  capacities.paths = room(capacities.paths, paths_.size());
  capacities.luns = room(capacities.luns, luns_.entries.size());
  capacities.nexuses = room(capacities.nexuses, nexuses_.entries.size());
  capacities.hosts = room(capacities.hosts, hosts_.entries.size());
  const auto put_paths = [this](publish::StateFile& state) {
    for (health::PathId path = 0; path < paths_.size(); ++path) {
      if (paths_[path].lun_index != PW_NO_INDEX) Note(state.PutPath(path, paths_[path]));
    }
  };
  auto file = publish::StateFile::Create(run_dir, capacities, writer, now_ns, put_paths);
  if (!file.ok()) return file.status();
  file_ = *std::move(file);
  return TakeFailure();
}

void Publication::SetFacts(health::PathId path) {
  if (path >= paths_.size()) {
    paths_.resize(path + 1, UnusedRecord());
  } else {
    StateChanged(path);  // of what it belonged to before
  }
  const KnownPath& known = inventory_.path(path);
  paths_[path] = RecordOfFacts(known, passthrough_);
  luns_.Set(known.lun, RecordOfLun(known));
  nexuses_.Set(known.nexus, RecordOfNexus(known));
  hosts_.Touch(known.host);
}

void Publication::SetHost(health::HostId host) {
  hosts_.Set(host, RecordOfHost(inventory_.host(host)));
}

void Publication::StatusChanged(health::PathId path) {
  SetStatus(core_.path(path), paths_[path]);
  TrafficChanged(path);
  if (file_ != nullptr) Note(file_->PutPath(path, paths_[path]));
}

void Publication::StateChanged(health::PathId path) {
  if (paths_[path].lun_index == PW_NO_INDEX) return;
  luns_.Touch(paths_[path].lun_index);
  TrafficChanged(path);
}

void Publication::TrafficChanged(health::PathId path) {
  nexuses_.Touch(paths_[path].nexus_index);
  hosts_.Touch(paths_[path].host_index);
}

void Publication::PathForgotten(health::PathId path) {
  StateChanged(path);
  paths_[path] = UnusedRecord();
  if (file_ != nullptr) file_->RemovePath(path);
}

void Publication::Freed(const Inventory::Changes& changes) {
  for (const health::LunId lun : changes.free_luns) {
    luns_.Drop(lun);
    if (file_ != nullptr) file_->RemoveLun(lun);
  }
  for (const health::NexusId nexus : changes.free_nexuses) {
    nexuses_.Drop(nexus);
    if (file_ != nullptr) file_->RemoveNexus(nexus);
  }
  for (const health::HostId host : changes.free_hosts) {
    hosts_.Drop(host);
    if (file_ != nullptr) file_->RemoveHost(host);
  }
}

void Publication::Flush(std::int64_t now_ns, const DaemonCounters& daemon,
                        const ring::Statistics& loop) {
  if (file_ == nullptr) return;
  const auto write = [this](auto& shared, auto put) {
    for (const std::uint32_t id : shared.waiting) {
      auto& entry = shared.entries[id];
      entry.waiting = false;
      if (!entry.in_use) continue;
      SetCounts(core_, id, entry.record);
      Note((file_.get()->*put)(id, entry.record));
    }
    shared.waiting.clear();
  };
  write(luns_, &publish::StateFile::PutLun);
  write(nexuses_, &publish::StateFile::PutNexus);
  write(hosts_, &publish::StateFile::PutHost);
  PutCounters(daemon, loop);
  file_->Heartbeat(now_ns);
}

void Publication::PutCounters(const DaemonCounters& daemon, const ring::Statistics& loop) {
  const health::Counters& core = core_.counters();
  pw_counters_record record{};
  auto& values = record.values;
  values[PW_COUNTER_CHECKS_SENT] = core.checks_started;
  for (std::size_t result = 0; result < health::kCheckResults; ++result) {
    values[PW_COUNTER_CHECKS_UP + result] = core.results[result];
  }
  values[PW_COUNTER_CHECKS_DEADLINE_PASSED] = core.overdue;
  values[PW_COUNTER_CHECKS_ANSWERED_LATE] = core.answered_late;
  const auto deferred = [&](health::Wait wait) {
    return core.deferred[static_cast<std::size_t>(wait)];
  };
  values[PW_COUNTER_DEFERRED_NEXUS_LIMIT] = deferred(health::Wait::kNexusLimit);
  values[PW_COUNTER_DEFERRED_HOST_LIMIT] = deferred(health::Wait::kHostLimit);
  values[PW_COUNTER_DEFERRED_SILENT_NEXUS] =
      deferred(health::Wait::kNexusSilent) + deferred(health::Wait::kBackOff);
  values[PW_COUNTER_DEFERRED_PASSTHROUGH_BUSY] = daemon.passthrough_busy;
  values[PW_COUNTER_STATE_CHANGES] = core.state_changes;
  values[PW_COUNTER_RESCANS] = daemon.rescans;
  values[PW_COUNTER_LOG_LINES_DROPPED] = daemon.log_lines_dropped;
  values[PW_COUNTER_LOOP_TURNS] = loop.turns;
  values[PW_COUNTER_LOOP_LONGEST_TURN_NS] = static_cast<std::uint64_t>(loop.longest_outside_ns);
  values[PW_COUNTER_IN_FLIGHT] = core_.commands_out();
  values[PW_COUNTER_SILENT_NEXUSES] = core_.silent_nexuses();
  file_->PutCounters(record);
}

}  // namespace pathwatch::service
