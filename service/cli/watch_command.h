// `pathwatch watch`: changes of paths' states, as they happen.
#ifndef PATHWATCH_SERVICE_CLI_WATCH_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_WATCH_COMMAND_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "service/cli/context.h"

namespace pathwatch::cli {

struct WatchOptions {
  std::vector<std::string> paths = {};        // empty: all
  std::uint64_t last = 0;                     // so many known changes are printed first
  std::optional<std::uint64_t> seconds = {};  // empty: until interrupted
  bool json = false;
};

// How the command looks at the clock and waits.
struct Pace {
  std::function<present::Clocks()> now;
  std::function<void(std::int64_t pause_ns)> pause;
};
Pace RealPace();

// Prints a line for each change, and what happens to the daemon on context.err. Ends after
// `seconds`, or when context.out takes no more. Returns an exit code.
int RunWatch(const Context& context, const WatchOptions& options, const Pace& pace);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_WATCH_COMMAND_H_
