#include "lib/discovery/transport_state.h"

#include <fcntl.h>

#include <cerrno>

#include "lib/discovery/sysfs.h"

namespace pathwatch::discovery {
namespace {

DeviceCondition ConditionOfPort(Transport transport, std::string_view port_state) {
  if (transport == Transport::kFc) {
    // All but "Blocked" are short steps on the way to it or away from it: the kernel has not yet
    // decided what becomes of the device.
    for (const std::string_view word :
         {"Blocked", "Not Present", "Deleted", "Linkdown", "Offline"}) {
      if (port_state == word) return DeviceCondition::kBlocked;
    }
  }
  if (transport == Transport::kIscsi) {
    if (port_state == "FAILED") return DeviceCondition::kBlocked;
    if (port_state == "FREE") return DeviceCondition::kTransportOffline;
  }
  return DeviceCondition::kReady;
}

// The word in the attribute `name`; empty if it cannot be read.
std::string ReadWord(const std::string& name) {
  std::string content;
  if (ReadFile(AT_FDCWD, name, content) != 0) return "";
  return std::string(TrimEnd(content));
}

std::string PortStateFile(const DiscoveredNexus& nexus) {
  if (nexus.port_name.empty()) return "";
  if (nexus.transport == Transport::kFc) {
    return "/class/fc_remote_ports/" + nexus.port_name + "/port_state";
  }
  if (nexus.transport == Transport::kIscsi) {
    return "/class/iscsi_session/" + nexus.port_name + "/state";
  }
  return "";
}

}  // namespace

DeviceCondition ConditionOf(std::string_view device_state, Transport transport,
                            std::string_view port_state) {
  if (device_state == "running" || device_state == "created") {
    return ConditionOfPort(transport, port_state);
  }
  if (device_state == "offline") return DeviceCondition::kOffline;
  if (device_state == "transport-offline") return DeviceCondition::kTransportOffline;
  if (device_state == "blocked" || device_state == "created-blocked" || device_state == "quiesce") {
    return DeviceCondition::kBlocked;
  }
  if (device_state == "cancel" || device_state == "deleted") return DeviceCondition::kGone;
  return DeviceCondition::kUnknown;
}

DeviceLook TransportLook::Look(const Hctl& hctl, const DiscoveredNexus& nexus) const {
  const std::string device = root_ + "/class/scsi_device/" + FormatHctl(hctl) + "/device";
  DeviceLook look;
  look.device_state = ReadWord(device + "/state");
  if (const std::string file = PortStateFile(nexus); !file.empty()) {
    look.port_state = ReadWord(root_ + file);
  }
  look.condition = ConditionOf(look.device_state, nexus.transport, look.port_state);
  if (look.device_state.empty()) {
    std::uint64_t inode = 0;
    if (ReadInode(AT_FDCWD, device, inode) == ENOENT) look.condition = DeviceCondition::kGone;
  }
  return look;
}

}  // namespace pathwatch::discovery
