#include "service/daemon/simulated_source.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::service {

using discovery::DiscoveredPath;
using discovery::Hctl;

SimulatedSource::SimulatedSource(ring::Loop& loop, const passthrough::Fabric& fabric)
    : loop_(loop), fabric_model_(fabric), fabric_(loop, fabric) {
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const passthrough::Fabric::Place place = fabric.PlaceOf(path);
    path_by_hctl_[Hctl{place.host, place.channel, place.target, place.lun}] = path;
  }
}

Opened SimulatedSource::Open(const DiscoveredPath& path, std::uint32_t, bool) {
  Opened opened;
  opened.way = {PW_PASSTHROUGH_SIMULATED, PW_CHOICE_BEST};
  opened.device = fabric_.Open(path_by_hctl_.at(path.hctl));
  return opened;
}

discovery::DeviceLook SimulatedSource::Look(const DiscoveredPath& path,
                                            const discovery::DiscoveredNexus&) const {
  using discovery::DeviceCondition;
  const std::uint32_t number = path_by_hctl_.at(path.hctl);
  switch (fabric_model_.ConditionAt(loop_.now_ns(), number)) {
    case health::DeviceCondition::kBlocked:
      return {DeviceCondition::kBlocked, "blocked", "Blocked"};
    case health::DeviceCondition::kTransportOffline:
      return {DeviceCondition::kTransportOffline, "transport-offline", "Blocked"};
    default:
      return {DeviceCondition::kReady, "running", "Online"};
  }
}

namespace {

DiscoveredPath PathAt(const passthrough::Fabric::Place& place) {
  DiscoveredPath path;
  path.hctl = {place.host, place.channel, place.target, place.lun};
  path.generation = 1;
  path.nexus = discovery::FormatNexus(path.hctl);
  path.tpgs = place.tpgs;
  path.vendor = place.vendor;
  path.product = place.product;
  path.revision = place.revision;
  path.lu_id = place.wwid;
  if (const auto page = scsi::ParseVpd83(place.identity_page); page.ok()) {
    path.identity = scsi::IdentityOf(*page);
  }
  path.target_port_group = place.target_port_group;
  path.relative_target_port = place.relative_target_port;
  path.state = "running";
  return path;
}

discovery::DiscoveredNexus NexusAt(const passthrough::Fabric::Place& place,
                                   const DiscoveredPath& path) {
  discovery::DiscoveredNexus nexus;
  nexus.name = path.nexus;
  nexus.transport = discovery::Transport::kFc;
  nexus.initiator_port = place.initiator_port;
  nexus.target_port = place.target_port;
  nexus.port_name = absl::StrCat("rport-", place.host, ":", place.channel, "-", place.target);
  nexus.port_state = "Online";
  return nexus;
}

}  // namespace

discovery::Snapshot ScanFabric(const passthrough::Fabric& fabric) {
  discovery::Snapshot snapshot;
  std::map<std::string, discovery::DiscoveredNexus> nexuses;
  for (std::uint32_t number = 0; number < fabric.paths(); ++number) {
    const passthrough::Fabric::Place place = fabric.PlaceOf(number);
    DiscoveredPath path = PathAt(place);
    if (!nexuses.contains(path.nexus)) nexuses[path.nexus] = NexusAt(place, path);
    snapshot.paths.push_back(std::move(path));
  }
  std::sort(snapshot.paths.begin(), snapshot.paths.end(),
            [](const DiscoveredPath& a, const DiscoveredPath& b) { return a.hctl < b.hctl; });
  for (auto& [name, nexus] : nexuses) snapshot.nexuses.push_back(std::move(nexus));
  for (std::uint32_t host = 0; host < fabric.hosts(); ++host) {
    snapshot.hosts.push_back({host, "simulated", fabric.options().can_queue});
  }
  return snapshot;
}

}  // namespace pathwatch::service
