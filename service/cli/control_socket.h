// Requests to the daemon: one ASCII datagram each, to <run_dir>/control.
#ifndef PATHWATCH_SERVICE_CLI_CONTROL_SOCKET_H_
#define PATHWATCH_SERVICE_CLI_CONTROL_SOCKET_H_

#include <string>

#include "absl/status/status.h"

namespace pathwatch::cli {

// Never waits. On success the daemon's queue has the request; there is no reply. On failure
// nothing was sent, and the sentence names the socket and the remedy.
absl::Status SendRequest(const std::string& run_dir, const std::string& request);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CONTROL_SOCKET_H_
