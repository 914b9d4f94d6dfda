#include "service/cli/top/snapshot.h"

namespace pathwatch::top {

present::PathFacts FactsOf(const Snapshot& snapshot, std::uint32_t slot) {
  present::PathFacts facts{snapshot.paths[slot]};
  const std::uint32_t nexus = facts.path.nexus_index;
  if (nexus < snapshot.nexuses.size() && snapshot.nexuses[nexus].head.in_use != 0) {
    facts.nexus = &snapshot.nexuses[nexus];
  }
  const auto detail = snapshot.details.find(slot);
  if (detail != snapshot.details.end() && detail->second.generation == facts.path.generation) {
    facts.detail = &detail->second;
  }
  return facts;
}

std::string MapOf(const Snapshot& snapshot, const pw_path_record& path) {
  return path.lun_index < snapshot.luns.size() ? snapshot.luns[path.lun_index].dm_name : "";
}

}  // namespace pathwatch::top
