#include "service/daemon/device_source.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/passthrough/sg_device.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::service {

using discovery::DiscoveredPath;
using discovery::Hctl;

class SgSource::SharedGateDevice final : public passthrough::Device {
 public:
  SharedGateDevice(ring::Loop& loop, std::shared_ptr<Host> host, int file)
      : host_(std::move(host)), device_(loop, host_->gate, file) {}

  void Submit(passthrough::Command& command) override { device_.Submit(command); }

 private:
  std::shared_ptr<Host> host_;
  passthrough::SgDevice device_;
};

Opened SgSource::Open(const DiscoveredPath& path, std::uint32_t can_queue) {
  Opened opened;
  opened.node = discovery::SgNode(path, dev_dir_);
  if (opened.node.empty()) {
    opened.error = ENOENT;
    return opened;
  }
  const auto [file, error] = passthrough::OpenSg(
      opened.node, {path.hctl.host, path.hctl.channel, path.hctl.target, path.hctl.lun});
  if (file < 0) {
    opened.error = error;
    return opened;
  }
  opened.device =
      std::make_unique<SharedGateDevice>(loop_, HostOf(path.hctl.host, can_queue), file);
  return opened;
}

std::shared_ptr<SgSource::Host> SgSource::HostOf(std::uint32_t number, std::uint32_t can_queue) {
  std::weak_ptr<Host>& known = hosts_[number];
  std::shared_ptr<Host> host = known.lock();
  if (host == nullptr) {
    host = std::make_shared<Host>(sysfs_root_, number, can_queue);
    known = host;
  }
  return host;
}

bool SgSource::WorkerMaySleep() const {
  return std::any_of(hosts_.begin(), hosts_.end(), [](const auto& entry) {
    const std::shared_ptr<Host> host = entry.second.lock();
    return host != nullptr && host->gate.workers() > 0;
  });
}

SimulatedSource::SimulatedSource(ring::Loop& loop, const passthrough::Fabric& fabric)
    : loop_(loop), fabric_model_(fabric), fabric_(loop, fabric) {
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const passthrough::Fabric::Place place = fabric.PlaceOf(path);
    path_by_hctl_[Hctl{place.host, place.channel, place.target, place.lun}] = path;
  }
}

Opened SimulatedSource::Open(const DiscoveredPath& path, std::uint32_t) {
  Opened opened;
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
