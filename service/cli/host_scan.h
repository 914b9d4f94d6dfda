// One look at which SCSI devices the host has.
//
// Thread rule: any thread. Reads sysfs and does not wait for devices.
#ifndef PATHWATCH_SERVICE_CLI_HOST_SCAN_H_
#define PATHWATCH_SERVICE_CLI_HOST_SCAN_H_

#include <string>

#include "absl/status/statusor.h"
#include "lib/discovery/paths.h"

namespace pathwatch::cli {

// On failure the sentence says what of sysfs cannot be read.
absl::StatusOr<discovery::Snapshot> ScanHost(const std::string& sysfs_root);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_HOST_SCAN_H_
