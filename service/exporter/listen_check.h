// Why nobody can listen at an address, in words.
#ifndef PATHWATCH_SERVICE_EXPORTER_LISTEN_CHECK_H_
#define PATHWATCH_SERVICE_EXPORTER_LISTEN_CHECK_H_

#include "absl/status/status.h"
#include "lib/config/listen_address.h"

namespace pathwatch::exporter {

// Tries it for a moment; any thread. On failure a sentence with the address and the remedy.
absl::Status CanListen(const config::ListenAddress& address);

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_LISTEN_CHECK_H_
