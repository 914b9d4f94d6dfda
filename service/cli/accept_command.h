// `pathwatch accept-identity PATH`: another logical unit answers there, and that is right.
#ifndef PATHWATCH_SERVICE_CLI_ACCEPT_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_ACCEPT_COMMAND_H_

#include <string>

#include "service/cli/context.h"

namespace pathwatch::cli {

// Sends "accept-identity H:C:T:L", or nothing if the path is unknown or not in state wrong_lu.
// Returns an exit code.
int RunAcceptIdentity(const Context& context, const std::string& path);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_ACCEPT_COMMAND_H_
