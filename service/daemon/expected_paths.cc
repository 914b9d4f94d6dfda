#include "service/daemon/expected_paths.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"

namespace pathwatch::service {
namespace {

bool SamePorts(const discovery::DiscoveredNexus& one, const discovery::DiscoveredNexus& other) {
  const bool named = !one.initiator_port.empty() && !one.target_port.empty();
  return named ? one.initiator_port == other.initiator_port && one.target_port == other.target_port
               : one.name == other.name;
}

}  // namespace

std::uint32_t ExpectedPaths(const health::Core& core, const Inventory& inventory,
                            health::LunId lun) {
  absl::InlinedVector<const discovery::DiscoveredNexus*, 16> counted;
  for (const health::PathId id : inventory.paths_of(lun)) {
    const KnownPath& path = inventory.path(id);
    const bool left_out =
        path.removed && core.path(id).standing.reason.kind == health::ReasonKind::kLeftOut;
    if (left_out) continue;
    const discovery::DiscoveredNexus& nexus = inventory.nexus(path.nexus);
    const bool known = std::any_of(counted.begin(), counted.end(),
                                   [&](const auto* other) { return SamePorts(nexus, *other); });
    if (!known) counted.push_back(&nexus);
  }
  return static_cast<std::uint32_t>(counted.size());
}

}  // namespace pathwatch::service
