// Between what the daemon knows and the records of the published state.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_RECORD_H_
#define PATHWATCH_SERVICE_DAEMON_RECORD_H_

#include <optional>

#include "lib/health/action.h"
#include "lib/health/core.h"
#include "lib/health/duration_histogram.h"
#include "lib/health/state.h"
#include "proto/state_table.h"
#include "service/daemon/inventory.h"

namespace pathwatch::service {

// The part of a path's record that only a scan changes; the rest is 0.
pw_path_record RecordOfFacts(const KnownPath& path);

// Fills in what checks change.
void SetStatus(const health::PathStatus& status, pw_path_record& record);

pw_histogram PublishedHistogram(const health::DurationHistogram& histogram);

// A change of state, for the path's history and for the change log.
pw_change RecordOfChange(const health::StateChanged& change, std::int64_t now_ns);
// The same with what says which path it was; the sequence is 0.
pw_change_record RecordOfLogEntry(const pw_path_record& path, health::PathId id,
                                  const pw_change& change);

pw_port_group_record RecordOfPortGroup(health::LunId lun, const health::GroupState& group);

// What another daemon published, for this one to begin with. Nothing if the record says nothing
// that is worth carrying over (never checked, removed, or a value that we do not know).
std::optional<health::Standing> RestoredStanding(const pw_path_record& record);

// The same for what several paths share: from any of its paths, then the counts.
pw_lun_record RecordOfLun(const KnownPath& path);
pw_nexus_record RecordOfNexus(const discovery::DiscoveredNexus& facts, health::HostId host);
pw_host_record RecordOfHost(const KnownHost& host);
void SetCounts(const health::Core& core, health::LunId lun, pw_lun_record& record);
void SetCounts(const health::Core& core, health::NexusId nexus, pw_nexus_record& record);
void SetCounts(const health::Core& core, health::HostId host, pw_host_record& record);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_RECORD_H_
