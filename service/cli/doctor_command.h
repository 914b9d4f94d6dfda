// `pathwatch doctor`: is this host fit for pathwatchd?
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_COMMAND_H_

#include <string>

#include "service/cli/context.h"

namespace pathwatch::cli {

struct DoctorOptions {
  bool json = false;
  bool multipath_conf = false;  // RunMultipathConf instead
  std::string sysfs_root = "/sys";
  std::string dev_dir = "/dev";
  std::string bsg_dir;  // empty: <dev_dir>/bsg
  std::string proc_root = "/proc";
  std::string etc_dir = "/etc";
  std::string root_dir;     // below which multipathd's plugins are; empty: /
  std::string config_file;  // empty: <etc_dir>/pathwatch/pathwatch.toml, which may be missing
};

// Examines the host without a daemon, and says what it sees of one. Changes nothing and sends no
// command to a device. Prints the findings for people, or {"findings":[...],"worst":...}.
// Returns kExitOk, kExitWarning or kExitProblem.
int RunDoctor(const Context& context, const DoctorOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_COMMAND_H_
