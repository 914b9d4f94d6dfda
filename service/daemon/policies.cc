#include "service/daemon/policies.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/daemon/settings.h"
#include "service/device_target.h"

namespace pathwatch::service {

void Policies::Use(const config::Configuration& configuration) {
  configuration_ = &configuration;
  resolved_.clear();
}

health::PolicyId Policies::Assign(health::PathId path, const discovery::DiscoveredPath& facts,
                                  discovery::Transport transport, const Announce& announce) {
  Release(path);
  const health::PolicyId id = NumberOf(Resolve(facts, transport), announce);
  if (path >= assigned_.size()) assigned_.resize(path + 1, health::kNone);
  assigned_[path] = id;
  ++entries_[id].paths;
  return id;
}

void Policies::Release(health::PathId path) {
  if (of(path) == health::kNone) return;
  --entries_[assigned_[path]].paths;
  assigned_[path] = health::kNone;
}

const health::Policy& Policies::Resolve(const discovery::DiscoveredPath& facts,
                                        discovery::Transport transport) {
  // Neither text contains a zero byte.
  const std::string end(1, '\0');
  const std::string kind =
      absl::StrCat(facts.vendor, end, facts.product, end, static_cast<int>(transport));
  const auto [entry, added] = resolved_.try_emplace(kind);
  if (added) entry->second = PolicyFor(*configuration_, TargetOf(facts, transport, ""));
  return entry->second;
}

health::PolicyId Policies::NumberOf(const health::Policy& policy, const Announce& announce) {
  const auto begin = entries_.begin() + 1;
  // The core keeps what it was told, whether a path has it at the moment or not.
  auto entry = std::find_if(begin, entries_.end(),
                            [&](const Entry& known) { return known.policy == policy; });
  if (entry == entries_.end()) {
    entry =
        std::find_if(begin, entries_.end(), [](const Entry& known) { return known.paths == 0; });
    if (entry == entries_.end()) entry = entries_.insert(entry, Entry{});
    entry->policy = policy;
    announce({static_cast<health::PolicyId>(entry - entries_.begin()), policy});
  }
  return static_cast<health::PolicyId>(entry - entries_.begin());
}

}  // namespace pathwatch::service
