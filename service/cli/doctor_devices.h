// What `doctor` says of the devices: which are left alone and why, and which hosts are narrow.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_DEVICES_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_DEVICES_H_

#include "lib/discovery/paths.h"
#include "service/cli/finding.h"

namespace pathwatch::cli {

// Findings "devices": how many are checked, and why others are not, grouped by reason.
Findings JudgeDevices(const discovery::Snapshot& snapshot);

// Findings "hosts": the hosts of paths that take so few commands at once that checks go one by one,
// or do not say how many. Empty if there are none.
Findings JudgeHosts(const discovery::Snapshot& snapshot);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_DEVICES_H_
