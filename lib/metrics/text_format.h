// Families of metrics as Prometheus' text format 0.0.4. What prometheus-cpp's TextSerializer writes
// means the same, but it sends each label through a stream, which takes longer than all the rest of
// a scrape of 10,000 paths.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_METRICS_TEXT_FORMAT_H_
#define PATHWATCH_LIB_METRICS_TEXT_FORMAT_H_

#include <prometheus/metric_family.h>

#include <cstddef>
#include <string>
#include <vector>

namespace pathwatch::metrics {

// `bytes` is how long it may get, so that it needs not grow; a guess is enough.
// REQUIRES: gauges, counters and histograms only, as in the catalogue.
std::string TextFormat(const std::vector<prometheus::MetricFamily>& families, std::size_t bytes);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_TEXT_FORMAT_H_
