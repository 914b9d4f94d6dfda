// The devices of the simulated fabric.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_SIMULATED_SOURCE_H_
#define PATHWATCH_SERVICE_DAEMON_SIMULATED_SOURCE_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/transport_state.h"
#include "lib/passthrough/simulated_device.h"
#include "lib/ring/loop.h"
#include "service/daemon/device_source.h"

namespace pathwatch::service {

// Paths of a fabric, found by their address.
class SimulatedSource final : public DeviceSource {
 public:
  // Neither is owned; `fabric` outlives the source, the source and its devices outlive `loop`.
  SimulatedSource(ring::Loop& loop, const passthrough::Fabric& fabric);

  Opened Open(const discovery::DiscoveredPath& path, std::uint32_t can_queue,
              bool distrust_bsg) override;
  discovery::DeviceLook Look(const discovery::DiscoveredPath& path,
                             const discovery::DiscoveredNexus& nexus) const override;
  std::string Describe() const override { return "devices are simulated"; }

 private:
  ring::Loop& loop_;
  const passthrough::Fabric& fabric_model_;
  passthrough::SimulatedFabric fabric_;
  absl::flat_hash_map<discovery::Hctl, std::uint32_t> path_by_hctl_;
};

// What a scan of the fabric finds.
discovery::Snapshot ScanFabric(const passthrough::Fabric& fabric);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_SIMULATED_SOURCE_H_
