#include "service/daemon/inventory.h"

#include <algorithm>
#include <utility>

#include "lib/discovery/hctl.h"

namespace pathwatch::service {

using discovery::DiscoveredHost;
using discovery::DiscoveredPath;
using discovery::Hctl;
using discovery::Snapshot;

std::string LunKey(const DiscoveredPath& path) {
  return path.lu_id.empty() ? discovery::FormatHctl(path.hctl) : path.lu_id;
}

namespace {

// A dm map that holds the path may name its logical unit by another of its designators; that is
// the name which users know then.
std::string NameByMap(const DiscoveredPath& facts) {
  const bool of_it = !facts.dm_wwid.empty() && !facts.identity.empty() &&
                     scsi::MayBeSame(scsi::IdentityNamed(facts.dm_wwid), facts.identity);
  return of_it ? facts.dm_wwid : facts.lu_id;
}

}  // namespace

Inventory::Changes Inventory::Apply(Snapshot snapshot, const NameBefore& name_before) {
  Changes changes;
  const discovery::Difference difference = discovery::Diff(*snapshot_, snapshot);
  ApplyHosts(snapshot, changes);
  for (const std::size_t index : difference.removed) {
    MarkGone(snapshot_->paths[index].hctl, changes);
  }
  for (const auto& pair : difference.replaced) {
    MarkGone(snapshot_->paths[pair.before].hctl, changes);
    Add(snapshot.paths[pair.after], name_before, changes);
  }
  for (const std::size_t index : difference.added) {
    Add(snapshot.paths[index], name_before, changes);
  }
  for (const auto& pair : difference.changed) {
    const DiscoveredPath& facts = snapshot.paths[pair.after];
    KnownPath& known = *paths_[path_by_hctl_.at(facts.hctl)];
    if (known.facts.lu_id.empty() && !facts.lu_id.empty()) {
      // It has a name at last.
      MarkGone(facts.hctl, changes);
      Add(facts, nullptr, changes);
      continue;
    }
    if (!scsi::MayBeSame(known.facts.identity, facts.identity)) changes.doubted.push_back(known.id);
    scsi::LogicalUnitIdentity identity = std::move(known.facts.identity);
    const std::string before = std::move(known.facts.lu_id);
    known.facts = facts;
    known.facts.lu_id = before;
    known.facts.identity = std::move(identity);
    if (const std::string name = NameByMap(known.facts); name != before) {
      Rename(known, {name, known.facts.identity.designators}, changes);
      changes.renamed.push_back(known.id);
    }
    changes.changed.push_back(known.id);
  }
  *snapshot_ = std::move(snapshot);
  ApplyNexuses(difference.nexuses, changes);
  ApplyDisks();
  KeepOnlyFree(changes);
  return changes;
}

void Inventory::ApplyHosts(const Snapshot& snapshot, Changes& changes) {
  absl::flat_hash_map<std::uint32_t, bool> listed;
  for (const DiscoveredHost& facts : snapshot.hosts) {
    listed[facts.number] = true;
    const auto known = host_ids_.Find(facts.number);
    if (known.has_value() && hosts_[*known].listed && hosts_[*known].facts == facts) continue;
    const bool was_listed = known.has_value() && hosts_[*known].listed;
    const health::HostId id = was_listed ? *known : AddHost(facts);
    hosts_[id].facts = facts;
    hosts_[id].listed = true;
    changes.hosts.push_back(id);
  }
  for (KnownHost& host : hosts_) {
    if (!host.listed || listed.contains(host.facts.number)) continue;
    host.listed = false;
    ReleaseHost(host.facts.number, changes);
  }
}

health::HostId Inventory::AddHost(const DiscoveredHost& facts) {
  const health::HostId id = host_ids_.Acquire(facts.number);
  if (id >= hosts_.size()) hosts_.resize(id + 1);
  if (hosts_[id].id == health::kNone) hosts_[id] = KnownHost{id, false, facts};
  return id;
}

void Inventory::ReleaseHost(std::uint32_t number, Changes& changes) {
  const health::HostId id = *host_ids_.Find(number);
  if (!host_ids_.Release(number)) return;
  hosts_[id] = KnownHost{};
  changes.free_hosts.push_back(id);
}

void Inventory::ApplyDisks() {
  path_by_disk_.clear();
  for (const DiscoveredPath& facts : snapshot_->paths) {
    if (facts.sd_dev != 0) path_by_disk_[facts.sd_dev] = path_by_hctl_.at(facts.hctl);
  }
}

void Inventory::ApplyNexuses(const std::vector<std::size_t>& indices, Changes& changes) {
  for (const std::size_t index : indices) {
    const discovery::DiscoveredNexus& facts = snapshot_->nexuses[index];
    const auto id = nexus_ids_.Find(facts.name);
    if (!id.has_value()) continue;
    nexuses_[*id] = facts;
    changes.nexuses.push_back(*id);
  }
}

void Inventory::Add(DiscoveredPath facts, const NameBefore& name_before, Changes& changes) {
  const std::string before = name_before == nullptr ? "" : name_before(facts);
  if (!before.empty() && !scsi::MayBeSame(scsi::IdentityNamed(before), facts.identity)) {
    facts.lu_id = before;
    facts.identity = scsi::IdentityNamed(before);
  }
  facts.lu_id = NameByMap(facts);
  auto path = std::make_unique<KnownPath>();
  // A host that was not listed (it came between the two readings) is one with unknown limits.
  const bool new_host = !host_ids_.Find(facts.hctl.host).has_value();
  path->host = AddHost({.number = facts.hctl.host, .proc_name = {}});
  if (new_host) changes.hosts.push_back(path->host);
  path->nexus = nexus_ids_.Acquire(facts.nexus);
  if (path->nexus >= nexuses_.size()) nexuses_.resize(path->nexus + 1);
  if (nexuses_[path->nexus].name != facts.nexus) {
    nexuses_[path->nexus] = {};
    nexuses_[path->nexus].name = facts.nexus;
  }
  path->facts = facts;
  const auto known = path_by_hctl_.find(path->facts.hctl);
  const bool returns = known != path_by_hctl_.end();
  path->id = returns ? known->second : path_ids_.Acquire(path->facts.hctl);
  // Before anything is released, so that no number changes its meaning within a scan.
  JoinLun(*path);
  if (returns) {
    Release(*paths_[path->id], changes);
  } else {
    path_by_hctl_[path->facts.hctl] = path->id;
  }
  if (path->id >= paths_.size()) paths_.resize(path->id + 1);
  changes.found.push_back(path->id);
  paths_[path->id] = std::move(path);
}

void Inventory::MarkGone(const Hctl& hctl, Changes& changes) {
  KnownPath& path = *paths_[path_by_hctl_.at(hctl)];
  path.removed = true;
  changes.gone.push_back(path.id);
}

void Inventory::Release(const KnownPath& path, Changes& changes) {
  if (nexus_ids_.Release(path.facts.nexus)) changes.free_nexuses.push_back(path.nexus);
  LeaveLun(path, changes);
  ReleaseHost(path.facts.hctl.host, changes);
}

void Inventory::JoinLun(KnownPath& path) {
  path.lun = lun_ids_.Acquire(LunKey(path.facts));
  if (path.lun >= lun_paths_.size()) lun_paths_.resize(path.lun + 1);
  lun_paths_[path.lun].push_back(path.id);
}

void Inventory::LeaveLun(const KnownPath& path, Changes& changes) {
  auto& paths = lun_paths_[path.lun];
  paths.erase(std::find(paths.begin(), paths.end(), path.id));  // it may have joined again
  if (lun_ids_.Release(LunKey(path.facts))) changes.free_luns.push_back(path.lun);
}

void Inventory::Rename(KnownPath& path, const scsi::LogicalUnitIdentity& identity,
                       Changes& changes) {
  const KnownPath before = path;
  path.facts.lu_id = identity.name;
  path.facts.identity = identity;
  JoinLun(path);
  LeaveLun(before, changes);
}

Inventory::Changes Inventory::Accept(health::PathId id, const scsi::LogicalUnitIdentity& identity) {
  Changes changes;
  KnownPath& path = *paths_[id];
  Rename(path, identity, changes);
  changes.changed.push_back(id);
  KeepOnlyFree(changes);
  return changes;
}

Inventory::Changes Inventory::Forget(health::PathId id) {
  const std::unique_ptr<KnownPath> path = std::move(paths_[id]);
  Changes changes;
  Release(*path, changes);
  path_by_hctl_.erase(path->facts.hctl);
  path_ids_.Release(path->facts.hctl);
  return changes;
}

// A number that was freed may have been given out again in the same scan.
void Inventory::KeepOnlyFree(Changes& changes) const {
  std::erase_if(changes.free_luns, [this](auto id) { return lun_ids_.InUse(id); });
  std::erase_if(changes.free_nexuses, [this](auto id) { return nexus_ids_.InUse(id); });
  std::erase_if(changes.free_hosts, [this](auto id) { return host_ids_.InUse(id); });
}

const KnownPath* Inventory::Find(const Hctl& hctl) const {
  const auto found = path_by_hctl_.find(hctl);
  return found == path_by_hctl_.end() ? nullptr : paths_[found->second].get();
}

const KnownPath* Inventory::FindDisk(std::uint64_t device) const {
  const auto found = path_by_disk_.find(device);
  return found == path_by_disk_.end() ? nullptr : paths_[found->second].get();
}

}  // namespace pathwatch::service
