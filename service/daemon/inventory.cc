#include "service/daemon/inventory.h"

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

Inventory::Changes Inventory::Apply(Snapshot snapshot) {
  Changes changes;
  const discovery::Difference difference = discovery::Diff(*snapshot_, snapshot);
  ApplyHosts(snapshot, changes);
  for (const std::size_t index : difference.removed) {
    MarkGone(snapshot_->paths[index].hctl, changes);
  }
  for (const auto& pair : difference.replaced) {
    MarkGone(snapshot_->paths[pair.before].hctl, changes);
    Add(snapshot.paths[pair.after], changes);
  }
  for (const std::size_t index : difference.added) Add(snapshot.paths[index], changes);
  for (const auto& pair : difference.changed) {
    const DiscoveredPath& facts = snapshot.paths[pair.after];
    KnownPath& known = *paths_[path_by_hctl_.at(facts.hctl)];
    if (LunKey(known.facts) != LunKey(facts)) {
      // Another logical unit under the same address: nothing known of the old one holds.
      MarkGone(facts.hctl, changes);
      Add(facts, changes);
    } else {
      known.facts = facts;
      changes.changed.push_back(known.id);
    }
  }
  *snapshot_ = std::move(snapshot);
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

void Inventory::Add(const DiscoveredPath& facts, Changes& changes) {
  auto path = std::make_unique<KnownPath>();
  // A host that was not listed (it came between the two readings) is one with unknown limits.
  const bool new_host = !host_ids_.Find(facts.hctl.host).has_value();
  path->host = AddHost({.number = facts.hctl.host, .proc_name = {}});
  if (new_host) changes.hosts.push_back(path->host);
  path->nexus = nexus_ids_.Acquire(facts.nexus);
  path->lun = lun_ids_.Acquire(LunKey(facts));
  path->facts = facts;
  if (const auto known = path_by_hctl_.find(facts.hctl); known != path_by_hctl_.end()) {
    path->id = known->second;
    Release(*paths_[path->id], changes);
  } else {
    path->id = path_ids_.Acquire(facts.hctl);
    path_by_hctl_[facts.hctl] = path->id;
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
  if (lun_ids_.Release(LunKey(path.facts))) changes.free_luns.push_back(path.lun);
  ReleaseHost(path.facts.hctl.host, changes);
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

}  // namespace pathwatch::service
