// What device mapper tells of a path, as a uevent of the kernel has it.
//
// Thread rule: pure, any thread.
#ifndef PATHWATCH_LIB_DISCOVERY_DM_UEVENT_H_
#define PATHWATCH_LIB_DISCOVERY_DM_UEVENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::discovery {

// Of the target `multipath`, about one of its paths.
struct DmPathUevent {
  bool failed = false;       // true: PATH_FAILED, it is not used any more; false: PATH_REINSTATED
  std::uint64_t device = 0;  // of the path, as st_rdev
  std::string map;           // its name; "" if the uevent has none

  friend bool operator==(const DmPathUevent&, const DmPathUevent&) = default;
};

// `datagram`: "ACTION@DEVPATH", then "KEY=VALUE", each with a NUL. Any bytes are harmless. Nothing
// if it is about something else. On failure the sentence says what of it is broken.
absl::StatusOr<std::optional<DmPathUevent>> ParseDmPathUevent(std::span<const std::byte> datagram);

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_DM_UEVENT_H_
