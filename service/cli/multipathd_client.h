// One question to multipathd, on the socket that its own command line uses.
//
// Thread rule: any thread; waits for at most the time that it is given.
#ifndef PATHWATCH_SERVICE_CLI_MULTIPATHD_CLIENT_H_
#define PATHWATCH_SERVICE_CLI_MULTIPATHD_CLIENT_H_

#include <chrono>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace pathwatch::cli {

// The names of multipathd's sockets; '@' stands for the NUL of an abstract name.
std::vector<std::string> MultipathdSockets();

// What multipathd answers to `command` ("show paths"), on the first of `sockets` on which somebody
// listens. A multipathd that is started by its socket would be started: ask only if it runs. Nobody
// is believed but root and this user, since anybody may take an abstract name. On failure the
// sentence names the socket and what is wrong.
absl::StatusOr<std::string> AskMultipathd(const std::vector<std::string>& sockets,
                                          const std::string& command,
                                          std::chrono::milliseconds patience);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_MULTIPATHD_CLIENT_H_
