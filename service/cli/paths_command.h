// `pathwatch paths`: the paths with their states.
#ifndef PATHWATCH_SERVICE_CLI_PATHS_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_PATHS_COMMAND_H_

#include <optional>
#include <string>

#include "service/cli/context.h"
#include "service/cli/path_filter.h"

namespace pathwatch::cli {

struct PathsOptions {
  PathFilterOptions filter;
  bool json = false;
  std::optional<std::string> format = {};  // as PathFormat takes it; instead of the table
};

// Prints the table, {"paths":[...]}, or a line for each path. What is asked for and unknown is
// named on context.err, the others are printed. Returns an exit code.
int RunPaths(const Context& context, const PathsOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATHS_COMMAND_H_
