// The story of one path, in sentences: what it is, how it stands and why, what happens around it,
// and what to do.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_STORY_H_
#define PATHWATCH_SERVICE_CLI_STORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "proto/state_table.h"
#include "service/cli/state_view.h"
#include "service/cli/time_text.h"

namespace pathwatch::cli {

// Sentences, each a line without a newline, with whatever bytes the names have.
// REQUIRES: `path` is of `view`, which has its detail.

// What the path is: names, logical unit, ports, port group, how it is checked.
std::vector<std::string> DescribePath(const StateView& view, const pw_path_record& path,
                                      const Clocks& clocks);
// Its state: since when, why, how far the fault reaches, and what is doubtful about it.
std::vector<std::string> DescribeState(const StateView& view, const pw_path_record& path,
                                       const Clocks& clocks);
// The other paths of the logical unit, the nexus and the host: whose fault is it?
std::vector<std::string> DescribeNeighbours(const StateView& view, const pw_path_record& path,
                                            const Clocks& clocks);

// What an operator can do: a sentence; "" if nothing needs to be done.
std::string Advice(const PathFacts& facts, std::int64_t boot_now_ns);

// The known changes of the path, oldest first. REQUIRES: the view has the path's history.
std::vector<pw_change> ChangesOf(const StateView& view, const pw_path_record& path);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_STORY_H_
