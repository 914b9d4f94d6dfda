// The upper part of the screen: how everything stands, and what happened last.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_HEADER_LINES_H_
#define PATHWATCH_SERVICE_CLI_TOP_HEADER_LINES_H_

#include <cstddef>
#include <vector>

#include "service/cli/top/picture.h"
#include "service/cli/top/snapshot.h"
#include "service/present/time_text.h"

namespace pathwatch::top {

// Trouble, if there is any; the daemon and the clock; counts. Not cut.
std::vector<Line> HeaderLines(const Snapshot& snapshot, std::size_t width,
                              const present::Clocks& clocks);

// The latest changes, at most `count`, the latest first. Not cut.
std::vector<Line> ChangeLines(const Snapshot& snapshot, std::size_t count,
                              const present::Clocks& clocks);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_HEADER_LINES_H_
