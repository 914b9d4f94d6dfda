// Single paths.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_PATH_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_PATH_FAMILIES_H_

#include <cstdint>
#include <span>

#include "lib/metrics/families.h"
#include "lib/metrics/moment.h"
#include "lib/metrics/state_snapshot.h"
#include "lib/metrics/targets.h"

namespace pathwatch::metrics {

// REQUIRES: `numbers` are of records that the snapshot has, of different paths.
void AddPathFamilies(const StateSnapshot& snapshot, const Targets& targets,
                     std::span<const std::uint32_t> numbers, const Moment& now, Families& families);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_PATH_FAMILIES_H_
