// The paths that need somebody.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_WORST_PATHS_H_
#define PATHWATCH_SERVICE_CLI_WORST_PATHS_H_

#include <cstdint>
#include <vector>

#include "service/cli/state_view.h"
#include "service/present/status_summary.h"

namespace pathwatch::cli {

// How much a path that is not usable needs somebody, from 0 up: states that pass come before those
// that do not.
int GravityOf(const pw_path_record& path);

present::Summarizer Summarize(const StateView& view, std::int64_t boot_now_ns);

// The paths that are not usable, owned by the view; those of logical units without a usable path
// first, then by the gravity of their state. `summarizer`: of the same view.
std::vector<const pw_path_record*> WorstPaths(const StateView& view,
                                              const present::Summarizer& summarizer,
                                              std::int64_t boot_now_ns);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_WORST_PATHS_H_
