// `pathwatch check PATH...`: asks the daemon to check paths now.
#ifndef PATHWATCH_SERVICE_CLI_CHECK_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_CHECK_COMMAND_H_

#include <string>
#include <vector>

#include "service/cli/context.h"

namespace pathwatch::cli {

// Sends "check-now H:C:T:L" for each path, or nothing if any of them is unknown or removed, and
// stops at the first that cannot be sent. Returns an exit code.
int RunCheck(const Context& context, const std::vector<std::string>& paths);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CHECK_COMMAND_H_
