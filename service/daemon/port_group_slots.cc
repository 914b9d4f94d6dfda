#include "service/daemon/port_group_slots.h"

#include <algorithm>

#include "service/daemon/record.h"

namespace pathwatch::service {

absl::Status PortGroupSlots::Publish(health::LunId lun, const health::AluaStatus* alua,
                                     publish::StateFile& file) {
  absl::Status status;
  std::vector<Slot>& slots = by_lun_[lun];
  std::erase_if(slots, [&](const Slot& known) {
    if (alua != nullptr && alua->cache.Find(known.group) != nullptr) return false;
    file.RemovePortGroup(known.slot);
    free_.push_back(known.slot);
    return true;
  });
  if (alua != nullptr) {
    for (const health::GroupState& group : alua->cache.groups()) {
      auto known = std::find_if(slots.begin(), slots.end(),
                                [&](const Slot& slot) { return slot.group == group.group.id; });
      if (known == slots.end()) known = slots.insert(known, {group.group.id, NewSlot()});
      status.Update(file.PutPortGroup(known->slot, RecordOfPortGroup(lun, group)));
    }
  }
  if (slots.empty()) by_lun_.erase(lun);
  return status;
}

std::uint32_t PortGroupSlots::NewSlot() {
  if (free_.empty()) return slots_++;
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  return slot;
}

}  // namespace pathwatch::service
