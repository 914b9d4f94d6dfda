// By what of a device the rules and tables of a configuration are chosen.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DEVICE_TARGET_H_
#define PATHWATCH_SERVICE_DEVICE_TARGET_H_

#include <string_view>

#include "lib/config/path_rule.h"
#include "lib/discovery/paths.h"

namespace pathwatch::service {

// The texts are the facts' own. `hctl` is the path's address as text: only rules look at it.
config::Target TargetOf(const discovery::DiscoveredPath& facts, discovery::Transport transport,
                        std::string_view hctl);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DEVICE_TARGET_H_
