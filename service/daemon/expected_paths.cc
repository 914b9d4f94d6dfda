#include "service/daemon/expected_paths.h"

#include <algorithm>
#include <cerrno>

#include "absl/container/inlined_vector.h"

namespace pathwatch::service {
namespace {

bool SamePorts(const discovery::DiscoveredNexus& one, const discovery::DiscoveredNexus& other) {
  const bool named = !one.initiator_port.empty() && !one.target_port.empty();
  return named ? one.initiator_port == other.initiator_port && one.target_port == other.target_port
               : one.name == other.name;
}

// How long the kernel's deletion of a device may take, with the scan that notices it. A device that
// is offline for longer has failed.
constexpr std::int64_t kDeletionNs = 10 * health::kSecond;

// A check may meet the device while the kernel deletes it.
bool DeviceIsGone(const health::Reason& reason) {
  return reason.code.error == ENODEV || reason.code.error == ENXIO;
}

}  // namespace

void ExpectedPaths::Changed(const health::StateChanged& change) {
  if (change.path >= ends_.size()) ends_.resize(change.path + 1, End::kLost);
  End& end = ends_[change.path];
  const bool just_now = change.to.since_ns - change.from.since_ns <= kDeletionNs;
  const bool worked = health::Usable(change.from.state) || (end == End::kDeletedInUse && just_now);
  const bool removed = change.to.state == health::State::kRemoved;
  if (removed && change.to.reason.kind == health::ReasonKind::kLeftOut) {
    end = End::kLeftOut;
  } else if (removed || DeviceIsGone(change.to.reason)) {
    end = worked ? End::kDeletedInUse : End::kLost;
  } else {
    end = End::kLost;
  }
}

std::uint32_t ExpectedPaths::Of(health::LunId lun) const {
  absl::InlinedVector<const discovery::DiscoveredNexus*, 16> counted;
  bool taken_away = true;
  for (const health::PathId id : inventory_.paths_of(lun)) {
    const KnownPath& path = inventory_.path(id);
    if (path.removed && EndOf(id) == End::kLeftOut) continue;
    taken_away = taken_away && path.removed && EndOf(id) == End::kDeletedInUse;
    const discovery::DiscoveredNexus& nexus = inventory_.nexus(path.nexus);
    const bool known = std::any_of(counted.begin(), counted.end(),
                                   [&](const auto* other) { return SamePorts(nexus, *other); });
    if (!known) counted.push_back(&nexus);
  }
  return taken_away ? 0 : static_cast<std::uint32_t>(counted.size());
}

}  // namespace pathwatch::service
