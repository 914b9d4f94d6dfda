// `pathwatch doctor --multipath-conf`: how multipathd is told to ask pathwatch.
#ifndef PATHWATCH_SERVICE_CLI_MULTIPATH_CONF_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_MULTIPATH_CONF_COMMAND_H_

#include "service/cli/context.h"
#include "service/cli/doctor_command.h"

namespace pathwatch::cli {

// Prints a piece of multipath.conf for the arrays that are published; its warnings are on
// context.err too. Changes nothing, asks no other program, and sends no command to a device.
// Returns kExitOk, kExitWarning if there are warnings or nothing to set, or kExitNoData.
int RunMultipathConf(const Context& context, const DoctorOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_MULTIPATH_CONF_COMMAND_H_
