// Histograms of the published state as Prometheus has them.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_HISTOGRAMS_H_
#define PATHWATCH_LIB_METRICS_HISTOGRAMS_H_

#include <prometheus/client_metric.h>

#include <cstdint>

#include "proto/state_table.h"

namespace pathwatch::metrics {

// Of everything that was counted.
std::uint64_t CountOf(const pw_histogram& histogram);

// Adds what the other one has counted.
void Merge(const pw_histogram& other, pw_histogram& histogram);

// In seconds, cumulative, with a last bucket without bound. `bound_ns` is pw_duration_bound_ns or
// pw_lag_bound_ns.
prometheus::ClientMetric::Histogram CumulativeOf(const pw_histogram& histogram,
                                                 std::uint64_t (*bound_ns)(std::uint32_t));

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_HISTOGRAMS_H_
