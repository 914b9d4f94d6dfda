// The version of the running kernel. Pure functions.
#ifndef PATHWATCH_LIB_RING_KERNEL_VERSION_H_
#define PATHWATCH_LIB_RING_KERNEL_VERSION_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"

namespace pathwatch::ring {

struct KernelVersion {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;

  friend auto operator<=>(const KernelVersion&, const KernelVersion&) = default;
};

// From the release that uname reports ("6.1.0-18-amd64"); nothing when it doesn't start with
// two numbers and a dot between them.
std::optional<KernelVersion> ParseKernelVersion(std::string_view release);

// On failure, the sentence names the release and the oldest kernel that will do.
absl::Status RequireKernel(std::string_view release, KernelVersion oldest);

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_KERNEL_VERSION_H_
