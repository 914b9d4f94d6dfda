// What the kernel says about a device and its port right now: whether a command would reach it.
//
// No uevent tells of these states, so they are looked at when there is a reason: after an event,
// after a check that failed, before one that might wait.
//
// Thread rule: any thread. Two small files of sysfs are read, neither of which waits for a device.
#ifndef PATHWATCH_LIB_DISCOVERY_TRANSPORT_STATE_H_
#define PATHWATCH_LIB_DISCOVERY_TRANSPORT_STATE_H_

#include <string>
#include <string_view>
#include <utility>

#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"
#include "lib/health/event.h"

namespace pathwatch::discovery {

using health::DeviceCondition;

struct DeviceLook {
  DeviceCondition condition = DeviceCondition::kUnknown;
  // The kernel's words, empty if they could not be read.
  std::string device_state;
  std::string port_state;

  friend bool operator==(const DeviceLook&, const DeviceLook&) = default;
};

// The device's word (sdev_states in drivers/scsi/scsi_sysfs.c) decides; only if it says that
// commands go out, the port's word (fc_port_state_names in scsi_transport_fc.c,
// iscsi_session_state_names in scsi_transport_iscsi.c) may say more.
DeviceCondition ConditionOf(std::string_view device_state, Transport transport,
                            std::string_view port_state);

class TransportLook {
 public:
  explicit TransportLook(std::string sysfs_root) : root_(std::move(sysfs_root)) {}

  // Never fails: what cannot be read is empty, and kUnknown if it is the device's word.
  // `nexus` is that of the device; its transport and port_name say where the port is found.
  DeviceLook Look(const Hctl& hctl, const DiscoveredNexus& nexus) const;

 private:
  std::string root_;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_TRANSPORT_STATE_H_
