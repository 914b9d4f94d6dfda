// Why the kernel refused to set up an io_uring, and what to do about it. A pure function.
#ifndef PATHWATCH_LIB_RING_SETUP_ERROR_H_
#define PATHWATCH_LIB_RING_SETUP_ERROR_H_

#include <cstdint>

#include "absl/status/status.h"
#include "lib/ring/sysctls.h"

namespace pathwatch::ring {

struct SetupFailure {
  int error = 0;              // errno of io_uring_setup
  std::uint32_t entries = 0;  // that were asked for
  Sysctls sysctls = {};
};

// One sentence with the cause and the remedy.
absl::Status SetupError(const SetupFailure& failure);

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_SETUP_ERROR_H_
