// What a collection has given, for tests to look into.
#ifndef PATHWATCH_TESTS_METRICS_COLLECTED_H_
#define PATHWATCH_TESTS_METRICS_COLLECTED_H_

#include <prometheus/metric_family.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/metrics/catalogue.h"
#include "lib/metrics/state_collector.h"
#include "tests/metrics/sample_fabric.h"

namespace pathwatch::metrics {

// At kMoment, of the state file; version "9.8.7".
inline CollectorOptions OptionsFor(const std::string& state_file,
                                   PerPath per_path = PerPath::kAll) {
  return {.state_file = state_file, .version = "9.8.7", .per_path = per_path, .now = [] {
            return kMoment;
          }};
}

class Collected {
 public:
  explicit Collected(std::vector<prometheus::MetricFamily> families)
      : families_(std::move(families)) {}
  explicit Collected(const CollectorOptions& options)
      : Collected(StateCollector(options).Collect()) {}

  const std::vector<prometheus::MetricFamily>& families() const { return families_; }

  std::vector<std::string> names() const;

  // As a scraper gets it.
  std::string text() const;

  // The values of the labels of each series, joined by blanks.
  std::vector<std::string> series(MetricId id) const;
  std::size_t count(MetricId id) const { return series(id).size(); }

  // Of the series with these values of labels, joined by blanks; none if there is no such series.
  std::optional<double> value(MetricId id, const std::string& labels = "") const;
  const prometheus::ClientMetric* metric(MetricId id, const std::string& labels = "") const;

  // Series that have the labels of another one in the same family.
  std::vector<std::string> doubles() const;

 private:
  const prometheus::MetricFamily* family(MetricId id) const;

  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_TESTS_METRICS_COLLECTED_H_
