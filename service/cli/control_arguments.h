// The arguments of the commands that ask something of the daemon: probe, accept-identity.
#ifndef PATHWATCH_SERVICE_CLI_CONTROL_ARGUMENTS_H_
#define PATHWATCH_SERVICE_CLI_CONTROL_ARGUMENTS_H_

#include "service/cli/command.h"

namespace pathwatch::cli {

Command AddProbe(CLI::App& app);
Command AddAcceptIdentity(CLI::App& app);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CONTROL_ARGUMENTS_H_
