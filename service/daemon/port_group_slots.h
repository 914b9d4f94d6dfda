// Which records of the published state hold the port groups of which logical unit.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_PORT_GROUP_SLOTS_H_
#define PATHWATCH_SERVICE_DAEMON_PORT_GROUP_SLOTS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "lib/health/core.h"
#include "lib/publish/state_file.h"

namespace pathwatch::service {

class PortGroupSlots {
 public:
  // Writes the groups of the logical unit as the core has them (null: none), and removes those
  // that are no more. On failure (the file could not grow) the first error; the others are written.
  absl::Status Publish(health::LunId lun, const health::AluaStatus* alua, publish::StateFile& file);

 private:
  struct Slot {
    std::uint16_t group;
    std::uint32_t slot;
  };

  std::uint32_t NewSlot();

  absl::flat_hash_map<health::LunId, std::vector<Slot>> by_lun_;
  std::vector<std::uint32_t> free_;
  std::uint32_t slots_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_PORT_GROUP_SLOTS_H_
