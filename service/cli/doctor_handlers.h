// What `doctor` says of the kernel's device handlers, which judge access states.
//
// Thread rule: ReadHandlers reads sysfs and does not wait for devices; JudgeHandlers is pure. Any
// thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_HANDLERS_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_HANDLERS_H_

#include <string>
#include <vector>

#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"
#include "service/cli/finding.h"

namespace pathwatch::cli {

struct DeviceHandler {
  discovery::Hctl hctl;
  std::string vendor;
  std::string product;
  bool alua = false;    // the device says that it has target port groups
  std::string handler;  // discovery::ReadDeviceHandler
};

std::vector<DeviceHandler> ReadHandlers(const std::string& sysfs_root,
                                        const std::vector<discovery::DiscoveredPath>& paths);

// Findings "handler": one for each array with a proprietary handler, or with target port groups
// and none. Empty if all is well.
Findings JudgeHandlers(const std::vector<DeviceHandler>& devices);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_HANDLERS_H_
