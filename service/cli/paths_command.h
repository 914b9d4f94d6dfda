// `pathwatch paths`: the paths with their states.
#ifndef PATHWATCH_SERVICE_CLI_PATHS_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_PATHS_COMMAND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "service/cli/context.h"

namespace pathwatch::cli {

struct PathsOptions {
  std::vector<std::string> paths;    // empty: all
  std::vector<std::uint8_t> states;  // pw_state; empty: any
  bool json = false;
};

// Prints the table, or {"paths":[...]}. Unknown paths are named on context.err, the others are
// printed. Returns an exit code.
int RunPaths(const Context& context, const PathsOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATHS_COMMAND_H_
