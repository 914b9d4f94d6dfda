// Keeps the published state file in step with the core and the inventory.
//
// Paths are written at once; logical units, nexuses, hosts and counters, which many paths share,
// when Flush is called.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_PUBLICATION_H_
#define PATHWATCH_SERVICE_DAEMON_PUBLICATION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/discovery/transport_state.h"
#include "lib/health/action.h"
#include "lib/health/core.h"
#include "lib/health/duration_histogram.h"
#include "lib/health/ids.h"
#include "lib/publish/state_file.h"
#include "lib/query/statistics.h"
#include "lib/ring/statistics.h"
#include "proto/state_table.h"
#include "service/daemon/device_source.h"
#include "service/daemon/expected_paths.h"
#include "service/daemon/inventory.h"
#include "service/daemon/path_details.h"
#include "service/daemon/port_group_slots.h"
#include "service/daemon/reload_counters.h"

namespace pathwatch::service {

// What only the daemon itself counts.
struct DaemonCounters {
  std::int64_t oldest_sent_ns = 0;  // of the commands that are out; 0: none is
  std::uint64_t kernel_workers = 0;
  query::Statistics query;
  std::uint64_t watchers = 0;
  std::uint64_t watchers_lost = 0;
  // What scans have found, and what operators have asked for.
  std::uint64_t paths_found = 0;
  std::uint64_t paths_gone = 0;
  std::uint64_t paths_changed = 0;
  std::uint64_t identities_doubted = 0;
  std::uint64_t operator_checks = 0;
  std::uint64_t operator_accepts = 0;
  std::uint64_t dm_path_events = 0;    // uevents of device mapper about paths
  std::uint64_t uevents_lost = 0;      // times that some were
  health::DurationHistogram loop_lag;  // bounds health::kLagBounds

  std::uint64_t rescans = 0;
  std::uint64_t log_lines_dropped = 0;
  std::uint64_t passthrough_busy = 0;  // commands that the passthrough had no room for
  // The configuration: how reloads went, and what is in force.
  ReloadCounters configuration;
  std::uint64_t config_files = 0;
  std::uint64_t config_settings = 0;
  std::uint64_t devices_left_out = 0;
};

class Publication {
 public:
  // Neither is owned; both outlive this object.
  Publication(const health::Core& core, const Inventory& inventory)
      : core_(core), inventory_(inventory), expected_(inventory) {}

  // Puts the file in place. Everything said before it is written then, in one go.
  absl::Status Open(const std::string& run_dir, const publish::Writer& writer, std::int64_t now_ns);
  bool open() const { return file_ != nullptr; }
  // REQUIRES: open()
  const publish::StateFile& file() const { return *file_; }

  // Whether it has the facts of such a path, maybe of one that was removed.
  bool Knows(health::PathId path) const;
  // Takes the facts of a path from the inventory; StatusChanged has to follow.
  void SetFacts(health::PathId path);
  // How the path is reached from now on; StatusChanged has to follow.
  void SetWay(health::PathId path, const Way& way);
  void SetHost(health::HostId host);
  void SetNexus(health::NexusId nexus, health::HostId host);
  // The inventory has other facts of a nexus that has a path.
  void NexusChanged(health::NexusId nexus);
  // The history that the daemon before has published of the path. REQUIRES: !open()
  void RestoreHistory(health::PathId path, const pw_history_record& history);
  // What the kernel says of the path's device and port.
  void SetLook(health::PathId path, const discovery::DeviceLook& look);
  // The core says something else of the path.
  void StatusChanged(health::PathId path);
  // It is in another state: that goes to its history and to the change log.
  void StateChanged(const health::StateChanged& change, std::int64_t now_ns);
  // It was never there before: those who follow the change log hear of it. REQUIRES: open()
  void PathAppeared(health::PathId path, std::int64_t now_ns);
  void PortGroupsUpdated(health::LunId lun);
  // A command was sent through the path's nexus and host.
  void TrafficChanged(health::PathId path);
  void PathForgotten(health::PathId path);
  // How many paths the logical unit ought to have may be another number; harmless if it has no
  // record.
  void RecountExpected(health::LunId lun);
  // Takes away the records of numbers that nothing refers to any more.
  void Freed(const Inventory::Changes& changes);

  // Writes what is waiting, the counters and the heartbeat.
  void Flush(std::int64_t now_ns, const DaemonCounters& daemon, const ring::Statistics& loop);

  // The first failure to write since the last call (the file could not grow); ok if none.
  absl::Status TakeFailure() { return std::exchange(failure_, absl::OkStatus()); }

 private:
  // Records that Flush completes and writes; by number.
  template <class Record>
  struct Shared {
    struct Entry {
      Record record{};
      bool in_use = false;
      bool waiting = false;
    };
    std::vector<Entry> entries;
    std::vector<std::uint32_t> waiting;

    void Set(std::uint32_t id, const Record& record);
    void Touch(std::uint32_t id);
    void Drop(std::uint32_t id);
  };

  void Note(const absl::Status& status) { failure_.Update(status); }
  // Which logical unit answers in the place of the path's own, if any.
  void NoteFoundIdentity(health::PathId path);
  // The counts of what the path belongs to are others.
  void CountsChanged(health::PathId path);
  pw_lun_record LunRecord(const KnownPath& path) const;
  void PutCounters(const DaemonCounters& daemon, const ring::Statistics& loop);

  const health::Core& core_;
  const Inventory& inventory_;
  ExpectedPaths expected_;
  std::unique_ptr<publish::StateFile> file_;
  std::vector<pw_path_record> paths_;  // by PathId: what was written last
  Shared<pw_lun_record> luns_;
  Shared<pw_nexus_record> nexuses_;
  Shared<pw_host_record> hosts_;
  PortGroupSlots port_groups_;
  PathDetails details_;
  std::vector<std::pair<health::PathId, pw_history_record>> histories_;  // until the file is open
  absl::Status failure_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_PUBLICATION_H_
