// `pathwatch status`: is everything well?
#ifndef PATHWATCH_SERVICE_CLI_STATUS_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_STATUS_COMMAND_H_

#include "service/cli/context.h"

namespace pathwatch::cli {

// Prints a summary for people, or {"paths":{...},"luns":{...},"daemon":{...}}. Returns the worst
// of: 0 all well, 1 degraded, 2 a logical unit without a usable path, 3 no or stale data.
int RunStatus(const Context& context, bool json);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_STATUS_COMMAND_H_
