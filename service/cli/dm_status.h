// Asks device mapper, through libdevmapper.
//
// Thread rule: one thread at a time, as libdevmapper wants it.
#ifndef PATHWATCH_SERVICE_CLI_DM_STATUS_H_
#define PATHWATCH_SERVICE_CLI_DM_STATUS_H_

#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::cli {

// What the target `multipath` of a map reports; "" if the map has none. Waits for no I/O: nothing
// is flushed and no device is opened. On failure the sentence says what is missing.
absl::StatusOr<std::string> ReadMultipathStatus(const std::string& map);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DM_STATUS_H_
