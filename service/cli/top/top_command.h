// `pathwatch top`: everything at a glance, live.
#ifndef PATHWATCH_SERVICE_CLI_TOP_TOP_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_TOP_TOP_COMMAND_H_

#include <cstdint>
#include <optional>

#include "service/cli/context.h"

namespace pathwatch::top {

struct TopOptions {
  std::uint64_t interval_s = 1;               // between two looks
  std::optional<std::uint64_t> seconds = {};  // empty: until a key or a signal ends it
};

// Shows it on the terminal of the process. Returns an exit code; whatever it is, the terminal is as
// it was before, and what is wrong is said on context.err.
int RunTop(const cli::Context& context, const TopOptions& options);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_TOP_COMMAND_H_
