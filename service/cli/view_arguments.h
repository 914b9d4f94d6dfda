// The arguments of the commands that show the published state once: status, luns, nexuses, explain.
#ifndef PATHWATCH_SERVICE_CLI_VIEW_ARGUMENTS_H_
#define PATHWATCH_SERVICE_CLI_VIEW_ARGUMENTS_H_

#include "service/cli/command.h"

namespace pathwatch::cli {

Command AddStatus(CLI::App& app);
Command AddLuns(CLI::App& app);
Command AddNexuses(CLI::App& app);
Command AddExplain(CLI::App& app);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_VIEW_ARGUMENTS_H_
