// Logical units.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_LUN_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_LUN_FAMILIES_H_

#include "lib/metrics/families.h"
#include "lib/metrics/state_snapshot.h"

namespace pathwatch::metrics {

// Of several records with the same WWID only one is told: the first that has paths which are not
// removed, else the first.
void AddLunFamilies(const StateSnapshot& snapshot, Families& families);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_LUN_FAMILIES_H_
