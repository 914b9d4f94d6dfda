// From what a user types to a path.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_PATH_ARGUMENT_H_
#define PATHWATCH_SERVICE_CLI_PATH_ARGUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {

// Whether `argument` names the path in one of the ways of FindPath.
bool HasName(const pw_path_record& path, std::string_view argument);
bool HasOneOfTheNames(const pw_path_record& path, const std::vector<std::string>& arguments);

// `argument` is H:C:T:L, the name of a block device (sdc) or of an sg device (sg3), with or
// without the directory of its node. A removed path is found only if no other one has the name.
// On success the path, owned by `view`. On failure the sentence names the argument and, if a
// known name is much like it, that name.
absl::StatusOr<const pw_path_record*> FindPath(const StateView& view, std::string_view argument);

// The paths of several arguments; each failure adds a sentence to `complaints`.
std::vector<const pw_path_record*> FindPaths(const StateView& view,
                                             const std::vector<std::string>& arguments,
                                             std::vector<std::string>& complaints);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATH_ARGUMENT_H_
