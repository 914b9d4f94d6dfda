#include "service/present/transport_reason.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pathwatch::present {
namespace {

// The kernel's words for what is well: they explain no fault. FC ports, iSCSI sessions, devices.
constexpr std::array<std::string_view, 3> kWell = {"Online", "LOGGED_IN", "running"};

bool ExplainsAFault(std::string_view word) {
  return !word.empty() && std::find(kWell.begin(), kWell.end(), word) == kWell.end();
}

// "rport-3:0-1 is Blocked"; "" if no fault of the port is known.
std::string PortFault(const PathFacts& facts) {
  std::string state = facts.detail != nullptr ? facts.detail->port_state : "";
  if (state.empty() && facts.nexus != nullptr) state = facts.nexus->port_state;
  if (!ExplainsAFault(state)) return "";
  const bool named = facts.nexus != nullptr && facts.nexus->port_name[0] != '\0';
  return (named ? facts.nexus->port_name : std::string("the port")) + " is " + state;
}

// "the device is blocked"; "" if no fault of the device is known.
std::string DeviceFault(const PathFacts& facts) {
  const std::string state = facts.detail != nullptr ? facts.detail->device_state : "";
  return ExplainsAFault(state) ? "the device is " + state : "";
}

// ": rport-3:0-1 is Blocked, the device is blocked"
std::string Faults(const PathFacts& facts) {
  const std::string port = PortFault(facts);
  const std::string device = DeviceFault(facts);
  if (port.empty() && device.empty()) return "";
  return ": " + port + (port.empty() || device.empty() ? "" : ", ") + device;
}

}  // namespace

Reason TransportBlocked(const PathFacts& facts) {
  return {"the kernel holds commands back" + Faults(facts),
          "If this lasts, look at the cable, the switch and the target port."};
}

Reason TransportOffline(const PathFacts& facts) {
  const std::uint8_t transport =
      facts.nexus != nullptr ? facts.nexus->transport : std::uint8_t{PW_TRANSPORT_OTHER};
  const std::string port = PortFault(facts);
  Reason reason;
  reason.what = "the transport has given the port up" + (port.empty() ? "" : ": " + port);
  switch (transport) {
    case PW_TRANSPORT_FC:
      reason.remedy = "Look at the cable, the zoning and the target port.";
      break;
    case PW_TRANSPORT_ISCSI:
      reason.remedy =
          "Look at the network and the target; 'iscsiadm -m session -P 1' shows the session.";
      break;
    default:
      reason.remedy = "Look at the cable and at everything between the host and the device.";
  }
  return reason;
}

Reason DeviceOffline(const PathFacts& facts) {
  return {"device offline", "Run echo running > " + DeviceFile(facts.path, "state") +
                                ", once the cause is repaired."};
}

std::string DeviceFile(const pw_path_record& path, const std::string& file) {
  return "/sys/class/scsi_device/" + PathName(path) + "/device/" + file;
}

}  // namespace pathwatch::present
