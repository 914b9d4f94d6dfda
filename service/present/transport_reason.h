// Reasons that the kernel gives without any command: what it says about ports and devices.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_TRANSPORT_REASON_H_
#define PATHWATCH_SERVICE_PRESENT_TRANSPORT_REASON_H_

#include "service/present/path_facts.h"
#include "service/present/reason.h"

namespace pathwatch::present {

// PW_REASON_TRANSPORT_BLOCKED, PW_REASON_TRANSPORT_OFFLINE, PW_REASON_DEVICE_OFFLINE
Reason TransportBlocked(const PathFacts& facts);
Reason TransportOffline(const PathFacts& facts);
Reason DeviceOffline(const PathFacts& facts);

// "/sys/class/scsi_device/3:0:0:1/device/<file>"
std::string DeviceFile(const pw_path_record& path, const std::string& file);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_TRANSPORT_REASON_H_
