// Which policy each path has, under the numbers by which the core knows policies.
//
// Paths whose policies have the same values share a number. A number that no path has is given to
// other values later; kDefaultPolicy is given to none, so that the values which come with the
// core's options touch nobody.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_POLICIES_H_
#define PATHWATCH_SERVICE_DAEMON_POLICIES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/config/configuration.h"
#include "lib/discovery/paths.h"
#include "lib/health/event.h"
#include "lib/health/ids.h"
#include "lib/health/options.h"

namespace pathwatch::service {

class Policies {
 public:
  // Hears of a number before a path gets it, if its values are new.
  using Announce = std::function<void(const health::PolicySet&)>;

  // `configuration` is not owned and outlives this, or the next call of Use().
  explicit Policies(const config::Configuration& configuration) : configuration_(&configuration) {}

  // From now on. Paths keep their numbers until they are assigned again.
  void Use(const config::Configuration& configuration);

  // The policy of the path; it may have had another one.
  health::PolicyId Assign(health::PathId path, const discovery::DiscoveredPath& facts,
                          discovery::Transport transport, const Announce& announce);
  // The path needs none any more.
  void Release(health::PathId path);

  // health::kNone: the path has none.
  health::PolicyId of(health::PathId path) const {
    return path < assigned_.size() ? assigned_[path] : health::kNone;
  }

 private:
  struct Entry {
    health::Policy policy;
    std::uint32_t paths = 0;
  };

  const health::Policy& Resolve(const discovery::DiscoveredPath& facts,
                                discovery::Transport transport);
  health::PolicyId NumberOf(const health::Policy& policy, const Announce& announce);

  const config::Configuration* configuration_;
  std::vector<Entry> entries_{1};           // by PolicyId; the first is kDefaultPolicy
  std::vector<health::PolicyId> assigned_;  // by PathId
  // What counts for a kind of devices: vendor, product and transport.
  absl::flat_hash_map<std::string, health::Policy> resolved_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_POLICIES_H_
