// pathwatch-exporter's command line, and what the files of the configuration say for it.
#ifndef PATHWATCH_SERVICE_EXPORTER_COMMAND_LINE_H_
#define PATHWATCH_SERVICE_EXPORTER_COMMAND_LINE_H_

#include <string>
#include <variant>

#include "service/exporter/options.h"

namespace pathwatch::exporter {

// Nothing to run: text was asked for (status 0, for stdout) or something is wrong with the command
// line or the configuration (status 2, for stderr).
struct CommandLineText {
  int exit_status = 0;
  std::string text;
};

// Reads and checks the configuration too, all of it: a mistake in what is for pathwatchd alone is
// one as well, since both are meant to be started from the same files.
std::variant<ExporterOptions, CommandLineText> ParseCommandLine(int argc, const char* const* argv);

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_COMMAND_LINE_H_
