// `pathwatch nexuses`: the I_T nexuses with their ports and paths.
#ifndef PATHWATCH_SERVICE_CLI_NEXUSES_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_NEXUSES_COMMAND_H_

#include "service/cli/context.h"

namespace pathwatch::cli {

// Prints the table, or {"nexuses":[...]}. Returns an exit code.
int RunNexuses(const Context& context, bool json);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_NEXUSES_COMMAND_H_
