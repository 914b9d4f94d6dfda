// The devices of this machine. For each the best way is taken that its nodes offer: io_uring
// commands on /dev/bsg/H:C:T:L, else /dev/sgN.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LOCAL_SOURCE_H_
#define PATHWATCH_SERVICE_DAEMON_LOCAL_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/transport_state.h"
#include "lib/passthrough/bsg_device.h"
#include "lib/passthrough/host_gate.h"
#include "lib/ring/command_probe.h"
#include "lib/ring/loop.h"
#include "service/daemon/device_source.h"

namespace pathwatch::service {

struct LocalOptions {
  std::string sysfs_root = "/sys";
  std::string dev_dir = "/dev";
  std::string bsg_dir = "/dev/bsg";
  // Nothing else is tried.
  std::optional<pw_passthrough> ordered;  // PW_PASSTHROUGH_BSG_URING or _SG_ASYNC
};

class LocalSource final : public DeviceSource {
 public:
  // `loop` is not owned; the source and its devices outlive it.
  LocalSource(ring::Loop& loop, LocalOptions options);

  Opened Open(const discovery::DiscoveredPath& path, std::uint32_t can_queue,
              bool distrust_bsg) override;
  discovery::DeviceLook Look(const discovery::DiscoveredPath& path,
                             const discovery::DiscoveredNexus& nexus) const override {
    return look_.Look(path.hctl, nexus);
  }
  bool Order(std::optional<pw_passthrough> ordered) override;
  std::string Describe() const override;
  bool WorkerMaySleep() const override;

 private:
  struct Host {
    Host(const std::string& sysfs_root, std::uint32_t number, std::uint32_t can_queue)
        : busy(sysfs_root, number), gate(busy, can_queue) {}
    passthrough::HostBusyFile busy;
    passthrough::HostGate gate;
  };
  // A device of the host, whose gate lives as long as it.
  template <class Carrier>
  class OnHost;

  void MakeProbe();
  Opened OpenBsg(const discovery::DiscoveredPath& path, std::uint32_t can_queue);
  Opened OpenSg(const discovery::DiscoveredPath& path, std::uint32_t can_queue, Way way);
  std::shared_ptr<Host> HostOf(std::uint32_t number, std::uint32_t can_queue);

  ring::Loop& loop_;
  LocalOptions options_;
  const discovery::TransportLook look_;
  // nullptr: the kernel has no io_uring commands, or they are not wanted.
  std::unique_ptr<ring::CommandProbe> probe_;
  std::string no_probe_;  // why
  passthrough::BsgDialect dialect_;
  absl::flat_hash_map<std::uint32_t, std::weak_ptr<Host>> hosts_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOCAL_SOURCE_H_
