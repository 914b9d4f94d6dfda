// Families of metrics as the catalogue describes them, while they are being filled.
//
// Thread rule: one thread at a time.
#ifndef PATHWATCH_LIB_METRICS_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_FAMILIES_H_

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "lib/metrics/catalogue.h"

namespace pathwatch::metrics {

// Values of labels in the order of the catalogue. They may hold any byte (see LabelText).
using LabelValues = std::initializer_list<std::string_view>;

class Families {
 public:
  Families();

  // Room for so many series more.
  void Reserve(MetricId id, std::size_t series);

  // Adds a series. REQUIRES: as many values as the metric has labels, no other series of it with
  // the same ones, and the right kind of metric; the program ends if the number is wrong.
  void Add(MetricId id, LabelValues values, double value);  // a gauge or counter
  void Add(MetricId id, LabelValues values, prometheus::ClientMetric::Histogram histogram);

  // Those that have series, in the order of the catalogue. Nothing is left here.
  std::vector<prometheus::MetricFamily> Take();

 private:
  struct Family {
    std::vector<std::string> labels;
    std::vector<prometheus::ClientMetric> metrics;
  };

  prometheus::ClientMetric& Append(MetricId id, LabelValues values);

  std::array<Family, kMetricCount> families_;
};

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_FAMILIES_H_
