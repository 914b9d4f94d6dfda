// How many paths a logical unit ought to have.
#ifndef PATHWATCH_SERVICE_DAEMON_EXPECTED_PATHS_H_
#define PATHWATCH_SERVICE_DAEMON_EXPECTED_PATHS_H_

#include <cstdint>

#include "lib/health/core.h"
#include "lib/health/ids.h"
#include "service/daemon/inventory.h"

namespace pathwatch::service {

// The I_T nexuses that lead to it or did, as long as its removed paths are remembered. Two with
// the same ports are one: a login gives a nexus another number. Those that an operator has left out
// do not count. REQUIRES: the number is in use, and the core knows of its removed paths.
std::uint32_t ExpectedPaths(const health::Core& core, const Inventory& inventory,
                            health::LunId lun);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_EXPECTED_PATHS_H_
