// The kernel's device handler of a SCSI device: who there understands its access states.
//
// Thread rule: holds nothing, any thread. Does not wait for the device.
#ifndef PATHWATCH_LIB_DISCOVERY_DEVICE_HANDLER_H_
#define PATHWATCH_LIB_DISCOVERY_DEVICE_HANDLER_H_

#include <string>

#include "lib/discovery/hctl.h"

namespace pathwatch::discovery {

// The attribute dh_state: "alua", "rdac", "emc", "hp_sw", or "detached" if no handler is attached.
// Empty if the kernel does not say (no such device, or a kernel without device handlers).
std::string ReadDeviceHandler(const std::string& sysfs_root, const Hctl& hctl);

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_DEVICE_HANDLER_H_
