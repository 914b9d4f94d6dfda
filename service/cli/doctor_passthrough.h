// What `doctor` says of the ways to the devices.
//
// Thread rule: FindWay opens device nodes and closes them again, which sends nothing to the
// devices, and has the thread rule of its probe; the rest is pure.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_PASSTHROUGH_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_PASSTHROUGH_H_

#include <string>
#include <vector>

#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"
#include "lib/ring/command_probe.h"
#include "proto/state_table.h"
#include "service/cli/finding.h"

namespace pathwatch::cli {

struct NodeDirectories {
  std::string dev;  // of the sg nodes
  std::string bsg;  // of the bsg nodes
};

// How a device is reached.
struct DeviceWay {
  discovery::Hctl hctl;
  pw_passthrough passthrough = PW_PASSTHROUGH_NONE;
  pw_passthrough_choice choice = PW_CHOICE_NONE;  // PW_CHOICE_BEST, or why bsg is not used
  int choice_error = 0;                           // the errno of that reason, or 0
  std::string sg_node;                            // empty: the device has none
  int sg_error = 0;                               // why sg cannot be used; 0 if it was not tried
};

// `probe` is null if there are no io_uring commands.
DeviceWay FindWay(const discovery::DiscoveredPath& path, const NodeDirectories& directories,
                  ring::CommandProbe* probe);

// What the kernel has for all devices alike.
struct KernelWays {
  bool sg_loaded = true;
  bool ring_works = true;            // no way leads anywhere without an io_uring
  std::string why_no_commands = {};  // a clause; empty if the ring has commands
};

// Findings "passthrough", "rights" and "sg": one for each way and reason. Without a ring only what
// stands in the way besides.
Findings JudgeWays(const std::vector<DeviceWay>& ways, const KernelWays& kernel);

// Whether the kernel has its sg driver.
bool SgLoaded(const std::string& sysfs_root);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_PASSTHROUGH_H_
