// The bytes with which a well-behaved logical unit answers what the core asks.
#ifndef PATHWATCH_TESTS_HEALTH_REPLIES_H_
#define PATHWATCH_TESTS_HEALTH_REPLIES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "lib/scsi/identity.h"
#include "lib/scsi/rtpg.h"
#include "tests/health/world.h"

namespace pathwatch::health {

struct Group {
  std::uint16_t id = 0;
  scsi::AccessState state = scsi::AccessState::kOptimized;
  std::uint16_t port = 1;
};

// REPORT TARGET PORT GROUPS with the length-only header, or, if a transition time is given, with
// the extended one.
Behaviour Groups(const std::vector<Group>& groups,
                 std::optional<std::uint8_t> transition_s = std::nullopt);

// Standard INQUIRY data of a disk with implicit asymmetric access; of no logical unit at all.
Behaviour Disk(std::uint8_t tpgs = 1);
Behaviour NoLogicalUnit();

// VPD page 83h: an NAA identifier that ends with `unit`, and the path's port group.
Behaviour Page(std::uint8_t unit, std::optional<std::uint16_t> group = std::nullopt);
// The identity that this page gives.
scsi::LogicalUnitIdentity Identity(std::uint8_t unit);

// REPORT LUNS.
Behaviour Luns(const std::vector<std::uint8_t>& luns);

}  // namespace pathwatch::health

#endif  // PATHWATCH_TESTS_HEALTH_REPLIES_H_
