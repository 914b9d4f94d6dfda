#include "service/cli/dm_maps.h"

#include <sys/sysmacros.h>

#include "absl/strings/str_format.h"

namespace pathwatch::cli {

std::string DmMaps::StateOf(const present::PathFacts& facts) {
  if (facts.detail == nullptr || facts.detail->dm_name[0] == '\0') return "undef";
  const DmPathStates& states = Ask(facts.detail->dm_name);
  const auto found =
      states.find(absl::StrFormat("%d:%d", major(facts.path.sd_devt), minor(facts.path.sd_devt)));
  if (found == states.end()) return "undef";
  return found->second ? "active" : "failed";
}

const DmPathStates& DmMaps::Ask(const std::string& map) {
  const auto [asked, first] = asked_.try_emplace(map);
  if (!first) return asked->second;
  const auto status = read_(map);
  if (status.ok() && status->empty()) return asked->second;  // of another kind than multipath
  auto states =
      status.ok() ? ParseMultipathStatus(*status) : absl::StatusOr<DmPathStates>(status.status());
  if (states.ok()) {
    asked->second = *std::move(states);
  } else if (complaint_.empty()) {
    complaint_ = std::string(states.status().message());
  }
  return asked->second;
}

}  // namespace pathwatch::cli
