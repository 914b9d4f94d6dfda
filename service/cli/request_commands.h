// The commands that ask the daemon to do something: `pathwatch probe`, `pathwatch accept-identity`
// and `pathwatch config reload`.
#ifndef PATHWATCH_SERVICE_CLI_REQUEST_COMMANDS_H_
#define PATHWATCH_SERVICE_CLI_REQUEST_COMMANDS_H_

#include <string>
#include <vector>

#include "service/cli/context.h"

namespace pathwatch::cli {

// Each returns an exit code. If the daemon refuses, nothing has happened, and the sentence on
// context.err says why.

// Has the paths checked now, waits for the verdicts and prints them.
int RunProbe(const Context& context, const std::vector<std::string>& paths, bool json);

// Another logical unit answers on the path, and that is right.
int RunAcceptIdentity(const Context& context, const std::string& path);

// Has the configuration read again, and waits until it has taken effect or was refused.
int RunConfigReload(const Context& context);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_REQUEST_COMMANDS_H_
