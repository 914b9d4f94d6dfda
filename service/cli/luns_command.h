// `pathwatch luns`: the logical units with their paths and port groups.
#ifndef PATHWATCH_SERVICE_CLI_LUNS_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_LUNS_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/cli/context.h"
#include "service/cli/dm_maps.h"

namespace pathwatch::cli {

struct LunsOptions {
  std::vector<std::string> luns;  // WWIDs, or names of dm maps; empty: all
  bool json = false;
};

// Who is asked besides pathwatchd.
struct DmSources {
  DmMaps::Read read_map;
  std::function<bool()> multipathd_runs;
  // What multipathd answers to a command. Called at most once, and only if it runs.
  std::function<absl::StatusOr<std::string>(const std::string& command)> ask_multipathd;
};

// Those of this host; multipathd is waited for no longer than 2 s.
DmSources HostSources();

// Prints the table, or {"luns":[...]}. Unknown ones are named on context.err, the others are
// printed. dm and multipathd are asked only about logical units in maps; that they cannot be asked
// is one complaint each, and no failure. Returns an exit code.
int RunLuns(const Context& context, const LunsOptions& options,
            const DmSources& sources = HostSources());

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LUNS_COMMAND_H_
