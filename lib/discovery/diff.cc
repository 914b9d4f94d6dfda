#include "lib/discovery/diff.h"

#include <string_view>
#include <unordered_map>

namespace pathwatch::discovery {
namespace {

std::vector<std::size_t> OtherNexuses(const Snapshot& before, const Snapshot& after) {
  std::unordered_map<std::string_view, const DiscoveredNexus*> known;
  known.reserve(before.nexuses.size());
  for (const DiscoveredNexus& nexus : before.nexuses) known[nexus.name] = &nexus;

  std::vector<std::size_t> others;
  for (std::size_t a = 0; a < after.nexuses.size(); ++a) {
    const auto found = known.find(after.nexuses[a].name);
    if (found == known.end() || *found->second != after.nexuses[a]) others.push_back(a);
  }
  return others;
}

}  // namespace

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
  difference.nexuses = OtherNexuses(before, after);
  return difference;
}

}  // namespace pathwatch::discovery
