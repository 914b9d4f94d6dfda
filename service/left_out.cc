#include "service/left_out.h"

#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "service/device_target.h"

namespace pathwatch::service {

using discovery::DiscoveredNexus;
using discovery::DiscoveredPath;

std::vector<std::string> LeftOut::Remarks() const {
  std::vector<std::string> remarks;
  for (const auto& [rule, devices] : by_rule) {
    remarks.push_back(absl::StrCat("devices left out by [paths] (", rule, "): ", devices));
  }
  return remarks;
}

LeftOut TakeLeftOut(const config::Configuration& configuration, discovery::Snapshot& snapshot) {
  LeftOut left_out;
  const auto& include = configuration.List(config::OptionId::kInclude);
  const auto& exclude = configuration.List(config::OptionId::kExclude);
  if (include.empty() && exclude.empty()) return left_out;

  absl::flat_hash_map<std::string_view, discovery::Transport> transports;
  for (const DiscoveredNexus& nexus : snapshot.nexuses) transports[nexus.name] = nexus.transport;
  absl::flat_hash_set<std::string> nexuses;
  std::erase_if(snapshot.paths, [&](const DiscoveredPath& path) {
    const std::string hctl = discovery::FormatHctl(path.hctl);
    const auto transport = transports.find(path.nexus);
    const config::Target target = TargetOf(
        path, transport == transports.end() ? discovery::Transport::kOther : transport->second,
        hctl);
    const std::string_view rule = config::LeftOutBy(include, exclude, target);
    if (rule.empty()) {
      nexuses.insert(path.nexus);
      return false;
    }
    left_out.paths.insert(path.hctl);
    ++left_out.by_rule[std::string(rule)];
    return true;
  });
  std::erase_if(snapshot.nexuses,
                [&](const DiscoveredNexus& nexus) { return !nexuses.contains(nexus.name); });
  return left_out;
}

}  // namespace pathwatch::service
