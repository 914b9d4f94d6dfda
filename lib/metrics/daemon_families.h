// What pathwatchd says about itself.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_DAEMON_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_DAEMON_FAMILIES_H_

#include "lib/metrics/families.h"
#include "lib/metrics/moment.h"
#include "proto/state_table.h"

namespace pathwatch::metrics {

// Who it is and when it was alive; worth telling of a state that is out of date, too.
void AddIdentityFamilies(const pw_header& header, const Moment& now, Families& families);

void AddCounterFamilies(const pw_counters_record& counters, const Moment& now, Families& families);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_DAEMON_FAMILIES_H_
