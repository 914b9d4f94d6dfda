#include "lib/discovery/diff.h"

namespace pathwatch::discovery {

Difference Diff(const Snapshot& before, const Snapshot& after) {
  Difference difference;
  std::size_t b = 0;
  std::size_t a = 0;
  while (b < before.paths.size() && a < after.paths.size()) {
    const DiscoveredPath& old_path = before.paths[b];
    const DiscoveredPath& new_path = after.paths[a];
    if (old_path.hctl < new_path.hctl) {
      difference.removed.push_back(b++);
      continue;
    }
    if (new_path.hctl < old_path.hctl) {
      difference.added.push_back(a++);
      continue;
    }
    if (old_path.generation != new_path.generation) {
      difference.replaced.push_back({b, a});
    } else if (old_path != new_path) {
      difference.changed.push_back({b, a});
    }
    ++b;
    ++a;
  }
  while (b < before.paths.size()) difference.removed.push_back(b++);
  while (a < after.paths.size()) difference.added.push_back(a++);
  return difference;
}

}  // namespace pathwatch::discovery
