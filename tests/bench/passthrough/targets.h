// The devices that the commands go to.
//
// Thread rule: one thread.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_TARGETS_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_TARGETS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace pathwatch::bench {

enum class Passthrough : std::uint8_t { kSg, kBsg };

struct Target {
  std::string node;
  int file = -1;           // stays open until the process ends
  std::uint32_t host = 0;  // number of its SCSI host
};

// Opens every node without waiting for its device. The hosts take turns in what is returned, so
// that commands sent in its order are spread over all of them. A bsg node is named after its
// address, H:C:T:L. On failure the status names the node.
absl::StatusOr<std::vector<Target>> OpenTargets(Passthrough passthrough,
                                                const std::vector<std::string>& nodes);

// How many commands the host takes at a time; 0 if sysfs does not say.
std::uint32_t CanQueue(std::uint32_t host);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_TARGETS_H_
