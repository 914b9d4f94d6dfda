// Which paths exist, under which numbers the core and the published state know them, and what
// has to be said to the core when a scan finds something else.
//
// A removed path keeps its number until the core forgets it; a device that comes back under the
// same address gets it again, so its history goes on.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_INVENTORY_H_
#define PATHWATCH_SERVICE_DAEMON_INVENTORY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/discovery/diff.h"
#include "lib/discovery/paths.h"
#include "lib/health/ids.h"
#include "lib/scsi/identity.h"
#include "service/daemon/id_pool.h"

namespace pathwatch::service {

struct KnownHost {
  health::HostId id = health::kNone;
  bool listed = false;  // by the last scan; a path may keep a host known that isn't
  discovery::DiscoveredHost facts;
};

struct KnownPath {
  health::PathId id = health::kNone;
  health::HostId host = health::kNone;
  health::NexusId nexus = health::kNone;
  health::LunId lun = health::kNone;
  bool removed = false;
  // As the last scan found them, but lu_id and identity stay those of the first one: that another
  // logical unit answers is for the core to find out, and for an operator to accept. A dm map that
  // holds the path and is named by another of its designators gives it that name.
  discovery::DiscoveredPath facts;
};

class Inventory {
 public:
  // What a scan has changed, in the order in which the core should hear of it.
  struct Changes {
    std::vector<health::HostId> hosts;     // new ones, and those with other limits
    std::vector<health::PathId> gone;      // deleted, or replaced by another device
    std::vector<health::PathId> found;     // new, back, or in the place of another device
    std::vector<health::PathId> changed;   // same device, other facts
    std::vector<health::PathId> renamed;   // of these, those whose logical unit has another name
    std::vector<health::PathId> doubted;   // the kernel has read another identity
    std::vector<health::NexusId> nexuses;  // new ones, and those with other ports or states
    // Numbers that nothing refers to any more.
    std::vector<health::NexusId> free_nexuses;
    std::vector<health::LunId> free_luns;
    std::vector<health::HostId> free_hosts;
  };

  // Under which name a daemon before this one knew the device; "" if it did not.
  using NameBefore = std::function<std::string(const discovery::DiscoveredPath&)>;

  // Takes over the result of a scan. A new path that was known under the name of another logical
  // unit than the kernel names gets that name.
  Changes Apply(discovery::Snapshot snapshot, const NameBefore& name_before = nullptr);

  // The path is one of that logical unit from now on.
  Changes Accept(health::PathId path, const scsi::LogicalUnitIdentity& identity);

  // The core has forgotten the path: its number, and those that only it referred to, are free.
  Changes Forget(health::PathId path);

  // The result of the last scan.
  const discovery::Snapshot& snapshot() const { return *snapshot_; }
  // REQUIRES: the number is in use.
  const KnownPath& path(health::PathId id) const { return *paths_[id]; }
  const KnownHost& host(health::HostId id) const { return hosts_[id]; }
  // Empty but for its name if the last scan had no such nexus. REQUIRES: the number is in use.
  const discovery::DiscoveredNexus& nexus(health::NexusId id) const { return nexuses_[id]; }
  // Paths of the logical unit, removed ones included. REQUIRES: the number is in use.
  const std::vector<health::PathId>& paths_of(health::LunId id) const { return lun_paths_[id]; }
  // nullptr if there is no path with that address (a removed one counts).
  const KnownPath* Find(const discovery::Hctl& hctl) const;
  // The path with that block device (st_rdev of the disk); nullptr if there is none.
  const KnownPath* FindDisk(std::uint64_t device) const;
  // Numbers in use are below this.
  std::size_t hosts_end() const { return hosts_.size(); }

 private:
  void ApplyHosts(const discovery::Snapshot& snapshot, Changes& changes);
  health::HostId AddHost(const discovery::DiscoveredHost& facts);
  void ReleaseHost(std::uint32_t number, Changes& changes);
  void ApplyDisks();
  void ApplyNexuses(const std::vector<std::size_t>& indices, Changes& changes);
  void Add(discovery::DiscoveredPath facts, const NameBefore& name_before, Changes& changes);
  // Its logical unit has this identity from now on.
  void Rename(KnownPath& path, const scsi::LogicalUnitIdentity& identity, Changes& changes);
  void JoinLun(KnownPath& path);
  void LeaveLun(const KnownPath& path, Changes& changes);
  void Release(const KnownPath& path, Changes& changes);
  void KeepOnlyFree(Changes& changes) const;
  void MarkGone(const discovery::Hctl& hctl, Changes& changes);

  std::unique_ptr<discovery::Snapshot> snapshot_ = std::make_unique<discovery::Snapshot>();
  IdPool<discovery::Hctl> path_ids_;
  IdPool<std::string> nexus_ids_;
  IdPool<std::string> lun_ids_;
  IdPool<std::uint32_t> host_ids_;
  std::vector<std::unique_ptr<KnownPath>> paths_;
  std::vector<KnownHost> hosts_;
  std::vector<discovery::DiscoveredNexus> nexuses_;     // by NexusId
  std::vector<std::vector<health::PathId>> lun_paths_;  // by LunId
  absl::flat_hash_map<discovery::Hctl, health::PathId> path_by_hctl_;
  // By the last scan; a removed path, whose number another disk may have by now, is not there.
  absl::flat_hash_map<std::uint64_t, health::PathId> path_by_disk_;
};

// How the logical unit of a path is told from others: its identifier, or the path's address if
// it has none.
std::string LunKey(const discovery::DiscoveredPath& path);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_INVENTORY_H_
