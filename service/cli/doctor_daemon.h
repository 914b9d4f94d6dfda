// What `doctor` sees of a daemon: only what it publishes.
//
// Thread rule: pure but for LooksAlive, which reads /proc. Any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_DAEMON_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_DAEMON_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "service/cli/finding.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {

// Whether a pathwatchd has that pid.
bool LooksAlive(const std::string& proc_root, std::uint32_t pid);

// The finding "daemon": it runs, its state is stale, or there is none. `alive` counts only for a
// stale state: a daemon that stands still is worse than one that has ended.
Finding JudgeDaemon(const absl::StatusOr<StateView>& view, bool alive);

// Findings "passthrough in use": how the daemon reaches its paths, one for each way and reason.
// REQUIRES: !view.stale.
Findings JudgePublishedWays(const StateView& view);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_DAEMON_H_
