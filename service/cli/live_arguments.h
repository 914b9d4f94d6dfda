// The arguments of the commands that go on showing what happens: watch, top.
#ifndef PATHWATCH_SERVICE_CLI_LIVE_ARGUMENTS_H_
#define PATHWATCH_SERVICE_CLI_LIVE_ARGUMENTS_H_

#include "service/cli/command.h"

namespace pathwatch::cli {

Command AddWatch(CLI::App& app);
Command AddTop(CLI::App& app);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LIVE_ARGUMENTS_H_
