// Which SCSI devices are left alone, and why.
//
// A TEST UNIT READY takes away a unit attention that the device's own users (tape, changer,
// optical drive, enclosure) wait for, and wakes ATA and USB disks from standby.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_DISCOVERY_EXCLUSION_H_
#define PATHWATCH_LIB_DISCOVERY_EXCLUSION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/discovery/hctl.h"

namespace pathwatch::discovery {

// Judges by place: well-known logical units, and devices with an ATA port or a USB bus among
// their ancestors. `sysfs_path` is the target of the link /sys/class/scsi_device/H:C:T:L.
// Returns the reason as a sentence, or nothing if the device may be checked.
std::optional<std::string> ExclusionByPlace(const Hctl& hctl, std::string_view sysfs_path);

// Judges by INQUIRY byte 0 (SPC-4 6.6.2): peripheral qualifier and peripheral device type.
// Returns the reason as a sentence, or nothing if the device may be checked.
std::optional<std::string> ExclusionByType(std::uint8_t pq, std::uint8_t pdt);

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_EXCLUSION_H_
