// `pathwatch luns`: the logical units with their paths and port groups.
#ifndef PATHWATCH_SERVICE_CLI_LUNS_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_LUNS_COMMAND_H_

#include <string>
#include <vector>

#include "service/cli/context.h"

namespace pathwatch::cli {

struct LunsOptions {
  std::vector<std::string> luns;  // WWIDs, or names of dm maps; empty: all
  bool json = false;
};

// Prints the table, or {"luns":[...]}. Unknown ones are named on context.err, the others are
// printed. Returns an exit code.
int RunLuns(const Context& context, const LunsOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LUNS_COMMAND_H_
