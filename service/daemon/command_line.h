// pathwatchd's command line. Every option of the configuration that is for it and no list can be
// given there ("--interval 5s" is check.interval), and wins over the files.
#ifndef PATHWATCH_SERVICE_DAEMON_COMMAND_LINE_H_
#define PATHWATCH_SERVICE_DAEMON_COMMAND_LINE_H_

#include <string>
#include <variant>

#include "service/daemon/options.h"

namespace pathwatch::service {

// Nothing to run: text was asked for (status 0, for stdout) or something is wrong with the command
// line or the configuration (status 2, for stderr).
struct CommandLineText {
  int exit_status = 0;
  std::string text;
};

// Reads and checks the configuration too.
std::variant<DaemonOptions, CommandLineText> ParseCommandLine(int argc, const char* const* argv);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_COMMAND_LINE_H_
