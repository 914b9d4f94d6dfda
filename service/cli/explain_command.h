// `pathwatch explain PATH`: the story of one path.
#ifndef PATHWATCH_SERVICE_CLI_EXPLAIN_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_EXPLAIN_COMMAND_H_

#include <string>

#include "service/cli/context.h"

namespace pathwatch::cli {

// Prints sentences, whose last one says what to do, or {"path":{...},"history":[...],"remedy":""}.
// Returns an exit code.
int RunExplain(const Context& context, const std::string& path, bool json);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_EXPLAIN_COMMAND_H_
