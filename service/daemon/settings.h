// From a configuration to what the parts of the daemon take.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_SETTINGS_H_
#define PATHWATCH_SERVICE_DAEMON_SETTINGS_H_

#include "lib/config/configuration.h"
#include "lib/config/path_rule.h"
#include "lib/health/options.h"
#include "service/daemon/local_source.h"
#include "service/daemon/log/options.h"

namespace pathwatch::service {

health::Options HealthOptions(const config::Configuration& configuration);
// For devices of that kind.
health::Policy PolicyFor(const config::Configuration& configuration, const config::Target& target);
LocalOptions LocalOptionsOf(const config::Configuration& configuration);
LogOptions LogOptionsOf(const config::Configuration& configuration);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_SETTINGS_H_
