// What has changed between two scans.
//
// Thread rule: pure, any thread.
#ifndef PATHWATCH_LIB_DISCOVERY_DIFF_H_
#define PATHWATCH_LIB_DISCOVERY_DIFF_H_

#include <cstddef>
#include <vector>

#include "lib/discovery/paths.h"

namespace pathwatch::discovery {

// Positions in the lists of the two snapshots, so that nothing is copied. Those of paths are in
// `paths`.
struct Difference {
  struct Pair {
    std::size_t before = 0;
    std::size_t after = 0;

    friend bool operator==(const Pair&, const Pair&) = default;
  };

  std::vector<std::size_t> removed;  // in `before`
  std::vector<std::size_t> added;    // in `after`
  // The address has another generation: another device, which may be another logical unit.
  std::vector<Pair> replaced;
  // The same device with other facts (state, nodes, identifier, dm map, ...).
  std::vector<Pair> changed;
  // Positions in `nexuses` of `after`: those that are new or have other facts (ports, states).
  std::vector<std::size_t> nexuses;

  friend bool operator==(const Difference&, const Difference&) = default;
};

// Compares the paths and the nexuses; hosts, warnings and devices that aren't checked do not count.
// Each list is in the order of the addresses. A path that is now in `not_checked` counts as
// removed; a nexus that has lost its last path is not mentioned. REQUIRES: both lists of paths are
// sorted by address, as scans leave them.
Difference Diff(const Snapshot& before, const Snapshot& after);

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_DIFF_H_
