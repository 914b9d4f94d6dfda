#include "service/daemon/device_source.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "lib/passthrough/sg_device.h"

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
    : fabric_(loop, fabric) {
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

discovery::Snapshot ScanFabric(const passthrough::Fabric& fabric) {
  discovery::Snapshot snapshot;
  for (std::uint32_t number = 0; number < fabric.paths(); ++number) {
    const passthrough::Fabric::Place place = fabric.PlaceOf(number);
    DiscoveredPath path;
    path.hctl = {place.host, place.channel, place.target, place.lun};
    path.generation = 1;
    path.nexus = discovery::FormatNexus(path.hctl);
    path.vendor = "SIMULATE";
    path.product = "fabric";
    path.lu_id = place.wwid;
    path.state = "running";
    snapshot.paths.push_back(std::move(path));
  }
  std::sort(snapshot.paths.begin(), snapshot.paths.end(),
            [](const DiscoveredPath& a, const DiscoveredPath& b) { return a.hctl < b.hctl; });
  for (std::uint32_t host = 0; host < fabric.hosts(); ++host) {
    snapshot.hosts.push_back({host, "simulated", fabric.options().can_queue});
  }
  return snapshot;
}

}  // namespace pathwatch::service
