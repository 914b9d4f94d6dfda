// From arguments to a command.
#ifndef PATHWATCH_SERVICE_CLI_COMMAND_LINE_H_
#define PATHWATCH_SERVICE_CLI_COMMAND_LINE_H_

#include <ostream>

#include "service/present/time_text.h"

namespace pathwatch::cli {

// Runs the command that `argv` asks for, at the moment `clocks`. Output goes to `out`, complaints
// to `err`. Returns the exit code for main.
int RunCommandLine(int argc, const char* const* argv, const present::Clocks& clocks,
                   std::ostream& out, std::ostream& err);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_COMMAND_LINE_H_
