// Where the devices of paths come from: this machine's nodes, or the simulated fabric.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_DEVICE_SOURCE_H_
#define PATHWATCH_SERVICE_DAEMON_DEVICE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/transport_state.h"
#include "lib/passthrough/host_gate.h"
#include "lib/passthrough/passthrough.h"
#include "lib/passthrough/simulated_device.h"
#include "lib/ring/loop.h"
#include "proto/state_table.h"

namespace pathwatch::service {

// A device, or why there is none.
struct Opened {
  std::unique_ptr<passthrough::Device> device;
  int error = 0;     // errno, if there is no device
  std::string node;  // that was tried; empty if the path has none
};

class DeviceSource {
 public:
  virtual ~DeviceSource() = default;

  // Never waits for the device.
  virtual Opened Open(const discovery::DiscoveredPath& path, std::uint32_t can_queue) = 0;
  // What the kernel says of the device and its port at this moment. Never waits.
  virtual discovery::DeviceLook Look(const discovery::DiscoveredPath& path,
                                     const discovery::DiscoveredNexus& nexus) const = 0;
  virtual pw_passthrough kind() const = 0;
  // True while a kernel worker may be asleep on our behalf: this process cannot end before that.
  virtual bool WorkerMaySleep() const { return false; }
};

// /dev/sgN of this machine.
class SgSource final : public DeviceSource {
 public:
  // `loop` is not owned; the source and its devices outlive it.
  SgSource(ring::Loop& loop, std::string sysfs_root, std::string dev_dir)
      : loop_(loop),
        sysfs_root_(std::move(sysfs_root)),
        dev_dir_(std::move(dev_dir)),
        look_(sysfs_root_) {}

  Opened Open(const discovery::DiscoveredPath& path, std::uint32_t can_queue) override;
  discovery::DeviceLook Look(const discovery::DiscoveredPath& path,
                             const discovery::DiscoveredNexus& nexus) const override {
    return look_.Look(path.hctl, nexus);
  }
  pw_passthrough kind() const override { return PW_PASSTHROUGH_SG_ASYNC; }
  bool WorkerMaySleep() const override;

 private:
  struct Host {
    Host(const std::string& sysfs_root, std::uint32_t number, std::uint32_t can_queue)
        : busy(sysfs_root, number), gate(busy, can_queue) {}
    passthrough::HostBusyFile busy;
    passthrough::HostGate gate;
  };
  // Keeps the host's gate alive as long as the device.
  class SharedGateDevice;

  std::shared_ptr<Host> HostOf(std::uint32_t number, std::uint32_t can_queue);

  ring::Loop& loop_;
  const std::string sysfs_root_;
  const std::string dev_dir_;
  const discovery::TransportLook look_;
  absl::flat_hash_map<std::uint32_t, std::weak_ptr<Host>> hosts_;
};

// Paths of a fabric, found by their address.
class SimulatedSource final : public DeviceSource {
 public:
  // Neither is owned; `fabric` outlives the source, the source and its devices outlive `loop`.
  SimulatedSource(ring::Loop& loop, const passthrough::Fabric& fabric);

  Opened Open(const discovery::DiscoveredPath& path, std::uint32_t can_queue) override;
  discovery::DeviceLook Look(const discovery::DiscoveredPath& path,
                             const discovery::DiscoveredNexus& nexus) const override;
  pw_passthrough kind() const override { return PW_PASSTHROUGH_SIMULATED; }

 private:
  ring::Loop& loop_;
  const passthrough::Fabric& fabric_model_;
  passthrough::SimulatedFabric fabric_;
  absl::flat_hash_map<discovery::Hctl, std::uint32_t> path_by_hctl_;
};

// What a scan of the fabric finds.
discovery::Snapshot ScanFabric(const passthrough::Fabric& fabric);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_DEVICE_SOURCE_H_
