// What device mapper holds of the paths of a map.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_DM_PATH_STATES_H_
#define PATHWATCH_SERVICE_CLI_DM_PATH_STATES_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathwatch::cli {

// By "major:minor": true: active, false: failed.
using DmPathStates = std::map<std::string, bool, std::less<>>;

// `status`: what the target `multipath` reports (DM_TABLE_STATUS, information), as
// "2 0 0 0 1 1 A 0 2 2 8:16 A 0 0 1 8:32 F 3 0 1". On failure the sentence says what is wrong.
absl::StatusOr<DmPathStates> ParseMultipathStatus(std::string_view status);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DM_PATH_STATES_H_
