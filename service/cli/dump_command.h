// `pathwatch dump`: one archive with what others need to look into a problem.
#ifndef PATHWATCH_SERVICE_CLI_DUMP_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_DUMP_COMMAND_H_

#include <string>

#include "service/cli/context.h"

namespace pathwatch::cli {

struct DumpOptions {
  // "-" is stdout; "": pathwatch-HOST-TIME.tar.gz in the current directory.
  std::string output;
  std::string config_file;  // empty: the default one, which may be missing
};

// Writes a new file that only its owner can read, and prints its name. An existing file stays as it
// is; a file that could not be written to its end is removed. Returns an exit code.
int RunDump(const Context& context, const DumpOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DUMP_COMMAND_H_
