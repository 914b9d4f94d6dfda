// Which paths a user wants to see.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_PATH_FILTER_H_
#define PATHWATCH_SERVICE_CLI_PATH_FILTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "service/cli/state_view.h"

namespace pathwatch::cli {

// A path has to fit one of each list; an empty list is fitted by all.
struct PathFilterOptions {
  std::vector<std::string> paths;    // as FindPath takes them
  std::vector<std::uint8_t> states;  // pw_state
  // WWIDs or names of dm maps, or the beginning of one followed by "*" or "...".
  std::vector<std::string> luns;
  std::vector<std::string> nexuses;  // "3:0:0"
  std::vector<std::string> hosts;    // "host3" or "3"
};

// The paths that fit, owned by `view`, in its order. A name that nothing bears fits no path, and
// adds a sentence to `complaints` that names it and, if one is much like it, a known name.
// REQUIRES: the view has the logical units, if the filter names any.
std::vector<const pw_path_record*> SelectPaths(const StateView& view,
                                               const PathFilterOptions& options,
                                               std::vector<std::string>& complaints);

// Whether the path could fit, as far as its record tells: of no other one anything else is needed.
bool MayFit(const pw_path_record& path, const PathFilterOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATH_FILTER_H_
