// Where the sections of a state file lie.
//
// Thread rule: pure functions.
#ifndef PATHWATCH_LIB_PUBLISH_STATE_LAYOUT_H_
#define PATHWATCH_LIB_PUBLISH_STATE_LAYOUT_H_

#include <cstddef>
#include <cstdint>

#include "proto/state_table.h"

namespace pathwatch::publish {

// How many records fit before the file grows. REQUIRES: each > 0 and <= kSlotsMax.
struct Capacities {
  std::uint32_t hosts = 16;
  std::uint32_t nexuses = 64;
  std::uint32_t luns = 256;
  std::uint32_t paths = 1024;  // details and histories as well
  std::uint32_t port_groups = 512;
  // The change log never grows by itself, but with the paths: it holds at least two per path.
  std::uint32_t changes = 16384;

  friend bool operator==(const Capacities&, const Capacities&) = default;
};

// More is taken for a mistake of the caller's.
inline constexpr std::uint32_t kSlotsMax = 1U << 24;

// A path has three keys at the most, so at least half of the index is free: searches are short.
// The spare entries keep that true, tombstones included, where there are very few paths.
inline constexpr std::uint32_t kIndexEntriesPerPath = 6;
inline constexpr std::uint32_t kIndexEntriesSpare = 8;

// The same with a change log that is large enough for the paths.
Capacities WithChangesForPaths(Capacities capacities);

// Fills in the sections, their count, header_size and file_size; section i holds kind i + 1.
void LayOut(const Capacities& capacities, pw_header& header);

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_STATE_LAYOUT_H_
