// pathwatchd's command line.
#ifndef PATHWATCH_SERVICE_DAEMON_COMMAND_LINE_H_
#define PATHWATCH_SERVICE_DAEMON_COMMAND_LINE_H_

#include <string>
#include <variant>

#include "service/daemon/options.h"

namespace pathwatch::service {

// Nothing to run: text was asked for (status 0, for stdout) or the command line is wrong (status
// 2, for stderr).
struct CommandLineText {
  int exit_status = 0;
  std::string text;
};

std::variant<DaemonOptions, CommandLineText> ParseCommandLine(int argc, const char* const* argv);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_COMMAND_LINE_H_
