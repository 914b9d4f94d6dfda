// The arguments of `pathwatch paths`.
#ifndef PATHWATCH_SERVICE_CLI_PATHS_ARGUMENTS_H_
#define PATHWATCH_SERVICE_CLI_PATHS_ARGUMENTS_H_

#include "service/cli/command.h"

namespace pathwatch::cli {

Command AddPaths(CLI::App& app);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATHS_ARGUMENTS_H_
