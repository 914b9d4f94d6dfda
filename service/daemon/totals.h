// How many paths are in each state, as any reader of the published state would count them.
#ifndef PATHWATCH_SERVICE_DAEMON_TOTALS_H_
#define PATHWATCH_SERVICE_DAEMON_TOTALS_H_

#include <string>

#include "absl/status/statusor.h"
#include "lib/health/state.h"

namespace pathwatch::service {

// Counts the records of the state file. On failure the status names the file.
absl::StatusOr<health::StateCounts> PublishedTotals(const std::string& state_file);

// "up=990 ghost=2 ...": every state but removed ones.
std::string TotalsText(const health::StateCounts& counts);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_TOTALS_H_
