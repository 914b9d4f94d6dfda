#include "service/daemon/publication.h"

#include <algorithm>
#include <set>

#include "service/daemon/published_text.h"
#include "service/daemon/record.h"

namespace pathwatch::service {
namespace {

// Belongs to nothing, so that nothing is touched for it.
pw_path_record UnusedRecord() {
  pw_path_record record{};
  record.lun_index = PW_NO_INDEX;
  return record;
}

// How the device is reached, if the record is one of it.
Way WayOf(const pw_path_record& record, std::uint64_t generation) {
  if (record.generation != generation) return {};
  return {static_cast<pw_passthrough>(record.passthrough),
          static_cast<pw_passthrough_choice>(record.passthrough_choice), record.passthrough_error};
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
    for (const auto& [path, history] : histories_) state.PutHistory(path, history);
    histories_.clear();
    Note(details_.PublishAll(state));
  };
  auto file = publish::StateFile::Create(run_dir, capacities, writer, now_ns, put_paths);
  if (!file.ok()) return file.status();
  file_ = *std::move(file);
  return TakeFailure();
}

bool Publication::Knows(health::PathId path) const {
  return path < paths_.size() && paths_[path].lun_index != PW_NO_INDEX;
}

void Publication::SetFacts(health::PathId path) {
  if (path >= paths_.size()) {
    paths_.resize(path + 1, UnusedRecord());
  } else {
    CountsChanged(path);  // of what it belonged to before
  }
  const KnownPath& known = inventory_.path(path);
  const Way way = WayOf(paths_[path], known.facts.generation);
  paths_[path] = RecordOfFacts(known);
  SetWay(path, way);
  luns_.Set(known.lun, LunRecord(known));
  SetNexus(known.nexus, known.host);
  hosts_.Touch(known.host);
  details_.SetFacts(known);
  if (file_ != nullptr) Note(details_.Publish(path, *file_));
}

void Publication::SetWay(health::PathId path, const Way& way) {
  pw_path_record& record = paths_[path];
  record.passthrough = way.passthrough;
  record.passthrough_choice = way.choice;
  record.passthrough_error = static_cast<std::uint16_t>(way.error);
}

pw_lun_record Publication::LunRecord(const KnownPath& path) const {
  pw_lun_record record = RecordOfLun(path);
  record.paths_expected = expected_.Of(path.lun);
  // Any path of it may tell which map holds it, and two of one nexus lead to it by two LUNs.
  std::set<health::NexusId> nexuses;
  for (const health::PathId id : inventory_.paths_of(path.lun)) {
    const KnownPath& other = inventory_.path(id);
    if (other.removed) continue;
    if (record.dm_name[0] == '\0') SetText(other.facts.dm_name, record.dm_name);
    if (!nexuses.insert(other.nexus).second) record.flags |= PW_LUN_TWINS;
  }
  return record;
}

void Publication::SetNexus(health::NexusId nexus, health::HostId host) {
  nexuses_.Set(nexus, RecordOfNexus(inventory_.nexus(nexus), host));
}

void Publication::NexusChanged(health::NexusId nexus) {
  if (nexus >= nexuses_.entries.size() || !nexuses_.entries[nexus].in_use) return;
  SetNexus(nexus, nexuses_.entries[nexus].record.host_index);
}

void Publication::RestoreHistory(health::PathId path, const pw_history_record& history) {
  histories_.emplace_back(path, history);
}

void Publication::SetLook(health::PathId path, const discovery::DeviceLook& look) {
  details_.SetLook(inventory_.path(path), look);
  if (file_ != nullptr) Note(details_.Publish(path, *file_));
}

void Publication::SetHost(health::HostId host) {
  hosts_.Set(host, RecordOfHost(inventory_.host(host)));
}

void Publication::StatusChanged(health::PathId path) {
  SetStatus(core_.path(path), paths_[path]);
  TrafficChanged(path);
  // A state that a restart has carried over: it does not change, but the identity is read again.
  if (paths_[path].state == PW_STATE_WRONG_LU) NoteFoundIdentity(path);
  if (file_ != nullptr) Note(file_->PutPath(path, paths_[path]));
}

void Publication::NoteFoundIdentity(health::PathId path) {
  const scsi::LogicalUnitIdentity* found = core_.found_identity(path);
  details_.SetFoundIdentity(inventory_.path(path), found == nullptr ? "" : found->name);
  if (file_ != nullptr) Note(details_.Publish(path, *file_));
}

void Publication::StateChanged(const health::StateChanged& action, std::int64_t now_ns) {
  const health::PathId path = action.path;
  CountsChanged(path);
  // Whether it is expected to come back depends on how it was removed.
  expected_.Changed(action);
  if (action.to.state == health::State::kRemoved) RecountExpected(paths_[path].lun_index);
  NoteFoundIdentity(path);
  if (file_ == nullptr) return;
  const pw_change change = RecordOfChange(action, now_ns);
  Note(file_->AppendHistory(path, paths_[path].generation, change));
  pw_change_record entry = RecordOfLogEntry(paths_[path], path, change);
  file_->AppendChange(entry);
}

void Publication::PathAppeared(health::PathId path, std::int64_t now_ns) {
  pw_change change{};
  change.when_boottime_ns = now_ns;
  change.from = PW_STATE_REMOVED;
  change.to = paths_[path].state;
  change.cause = PW_CAUSE_RESCAN;
  change.reason_kind = PW_REASON_NONE;
  pw_change_record entry = RecordOfLogEntry(paths_[path], path, change);
  file_->AppendChange(entry);
}

void Publication::PortGroupsUpdated(health::LunId lun) {
  if (file_ == nullptr) return;
  Note(port_groups_.Publish(lun, core_.alua(lun), *file_));
  if (lun < luns_.entries.size() && luns_.entries[lun].in_use) luns_.Touch(lun);
}

void Publication::CountsChanged(health::PathId path) {
  if (paths_[path].lun_index == PW_NO_INDEX) return;
  luns_.Touch(paths_[path].lun_index);
  TrafficChanged(path);
}

void Publication::TrafficChanged(health::PathId path) {
  nexuses_.Touch(paths_[path].nexus_index);
  hosts_.Touch(paths_[path].host_index);
}

void Publication::PathForgotten(health::PathId path) {
  CountsChanged(path);
  details_.Forget(path);
  paths_[path] = UnusedRecord();
  if (file_ != nullptr) file_->RemovePath(path);
}

void Publication::RecountExpected(health::LunId lun) {
  if (lun >= luns_.entries.size() || !luns_.entries[lun].in_use) return;
  luns_.entries[lun].record.paths_expected = expected_.Of(lun);
  luns_.Touch(lun);
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
  values[PW_COUNTER_DEFERRED_TRANSPORT] = core.deferred_by_transport;
  values[PW_COUNTER_RTPG_SENT] = core.groups_sent;
  values[PW_COUNTER_RTPG_FAILED] = core.groups_failed;
  values[PW_COUNTER_IDENTITY_SENT] = core.identity_sent;
  values[PW_COUNTER_IDENTITY_FAILED] = core.identity_failed;
  values[PW_COUNTER_LUNS_SENT] = core.luns_sent;
  values[PW_COUNTER_LUNS_FAILED] = core.luns_failed;
  values[PW_COUNTER_IDENTITY_CHANGES] = core.identity_changes;
  values[PW_COUNTER_ALUA_CHANGES] = core.alua_changes;
  values[PW_COUNTER_UNSCANNED_LUNS] = core_.unscanned_luns();
  values[PW_COUNTER_LAST_CHANGE] = file_->last_change();
  values[PW_COUNTER_STATE_CHANGES] = core.state_changes;
  values[PW_COUNTER_RESCANS] = daemon.rescans;
  values[PW_COUNTER_LOG_LINES_DROPPED] = daemon.log_lines_dropped;
  values[PW_COUNTER_LOOP_TURNS] = loop.turns;
  values[PW_COUNTER_LOOP_LONGEST_TURN_NS] = static_cast<std::uint64_t>(loop.longest_outside_ns);
  values[PW_COUNTER_IN_FLIGHT] = core_.commands_out();
  values[PW_COUNTER_SILENT_NEXUSES] = core_.silent_nexuses();
  values[PW_COUNTER_RELOADS] = daemon.configuration.reloads;
  values[PW_COUNTER_RELOADS_FAILED] = daemon.configuration.failed;
  values[PW_COUNTER_CONFIG_SINCE] = static_cast<std::uint64_t>(daemon.configuration.since_ns);
  values[PW_COUNTER_RELOAD_TRIED] = static_cast<std::uint64_t>(daemon.configuration.tried_ns);
  values[PW_COUNTER_RELOAD_HAS_FAILED] = daemon.configuration.has_failed ? 1 : 0;
  values[PW_COUNTER_CONFIG_FILES] = daemon.config_files;
  values[PW_COUNTER_CONFIG_SETTINGS] = daemon.config_settings;
  values[PW_COUNTER_DEVICES_LEFT_OUT] = daemon.devices_left_out;
  values[PW_COUNTER_OLDEST_IN_FLIGHT] = static_cast<std::uint64_t>(daemon.oldest_sent_ns);
  values[PW_COUNTER_KERNEL_WORKERS] = daemon.kernel_workers;
  values[PW_COUNTER_WATCHERS] = daemon.watchers;
  values[PW_COUNTER_CONNECTIONS] = daemon.query.connections;
  values[PW_COUNTER_CONNECTIONS_REFUSED] = daemon.query.refused;
  values[PW_COUNTER_CLIENTS_DROPPED] = daemon.query.dropped;
  values[PW_COUNTER_WATCHERS_LOST] = daemon.watchers_lost;
  values[PW_COUNTER_CALLS_ANSWERED] = daemon.query.calls_answered;
  values[PW_COUNTER_LONGEST_SLICE_NS] = static_cast<std::uint64_t>(daemon.query.longest_slice_ns);
  values[PW_COUNTER_PATHS_FOUND] = daemon.paths_found;
  values[PW_COUNTER_PATHS_GONE] = daemon.paths_gone;
  values[PW_COUNTER_PATHS_CHANGED] = daemon.paths_changed;
  values[PW_COUNTER_IDENTITIES_DOUBTED] = daemon.identities_doubted;
  values[PW_COUNTER_OPERATOR_CHECKS] = daemon.operator_checks;
  values[PW_COUNTER_OPERATOR_ACCEPTS] = daemon.operator_accepts;
  values[PW_COUNTER_EVENTS_UEVENT] = daemon.dm_path_events;
  values[PW_COUNTER_EVENTS_LOST] = daemon.uevents_lost;
  record.loop_lag = PublishedHistogram(daemon.loop_lag);
  file_->PutCounters(record);
}

}  // namespace pathwatch::service
