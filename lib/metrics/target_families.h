// I_T nexuses.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_TARGET_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_TARGET_FAMILIES_H_

#include "lib/metrics/families.h"
#include "lib/metrics/targets.h"

namespace pathwatch::metrics {

void AddTargetFamilies(const Targets& targets, Families& families);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_TARGET_FAMILIES_H_
