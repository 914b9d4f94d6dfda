// Whether options fit together: each may be in its range, and both at once make no sense.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_FIT_H_
#define PATHWATCH_LIB_CONFIG_FIT_H_

#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/problem.h"

namespace pathwatch::config {

// For what counts globally, for each transport, and for a device whose vendor and product read
// like each array's pattern; each pair of settings once. A problem is at that of the two settings
// that is the more particular.
std::vector<Problem> FindMisfits(const Configuration& configuration);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_FIT_H_
