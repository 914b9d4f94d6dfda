// Why the kernel refused to set up an io_uring, and what to do about it. A pure function.
#ifndef PATHWATCH_LIB_RING_SETUP_ERROR_H_
#define PATHWATCH_LIB_RING_SETUP_ERROR_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"

namespace pathwatch::ring {

struct SetupFailure {
  int error = 0;              // errno of io_uring_setup
  std::uint32_t entries = 0;  // that were asked for
  // kernel.io_uring_disabled (Linux 6.6) and kernel.io_uring_group; nothing where the kernel has
  // no such setting.
  std::optional<std::int64_t> disabled = {};
  std::optional<std::int64_t> group = {};
};

// One sentence with the cause and the remedy.
absl::Status SetupError(const SetupFailure& failure);

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_SETUP_ERROR_H_
