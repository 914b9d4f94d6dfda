// The arguments of the commands that examine the host rather than its paths: doctor, config, dump.
#ifndef PATHWATCH_SERVICE_CLI_HOST_ARGUMENTS_H_
#define PATHWATCH_SERVICE_CLI_HOST_ARGUMENTS_H_

#include "service/cli/command.h"

namespace pathwatch::cli {

Command AddDoctor(CLI::App& app);
Command AddConfiguration(CLI::App& app);
Command AddDump(CLI::App& app);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_HOST_ARGUMENTS_H_
