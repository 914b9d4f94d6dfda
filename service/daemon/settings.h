// From a configuration to what the parts of the daemon take.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_SETTINGS_H_
#define PATHWATCH_SERVICE_DAEMON_SETTINGS_H_

#include <string_view>

#include "lib/config/configuration.h"
#include "lib/discovery/paths.h"
#include "lib/health/options.h"
#include "service/daemon/local_source.h"
#include "service/daemon/log/options.h"

namespace pathwatch::service {

health::Options HealthOptions(const config::Configuration& configuration);
// For devices of that kind.
health::Policy PolicyFor(const config::Configuration& configuration, const config::Target& target);
LocalOptions LocalOptionsOf(const config::Configuration& configuration);
LogOptions LogOptionsOf(const config::Configuration& configuration);

// What rules and policies are chosen by. The texts are the facts' own; `hctl` is the path's address
// as text, for rules, and may be empty for policies.
config::Target TargetOf(const discovery::DiscoveredPath& facts, discovery::Transport transport,
                        std::string_view hctl);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_SETTINGS_H_
