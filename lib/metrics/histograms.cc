#include "lib/metrics/histograms.h"

#include <iterator>
#include <limits>
#include <numeric>

namespace pathwatch::metrics {

std::uint64_t CountOf(const pw_histogram& histogram) {
  return std::accumulate(std::begin(histogram.counts), std::end(histogram.counts),
                         std::uint64_t{0});
}

void Merge(const pw_histogram& other, pw_histogram& histogram) {
  for (std::size_t i = 0; i < std::size(histogram.counts); ++i) {
    histogram.counts[i] += other.counts[i];
  }
  histogram.sum_ns += other.sum_ns;
}

prometheus::ClientMetric::Histogram CumulativeOf(const pw_histogram& histogram,
                                                 std::uint64_t (*bound_ns)(std::uint32_t)) {
  prometheus::ClientMetric::Histogram result;
  result.bucket.reserve(std::size(histogram.counts));
  for (std::uint32_t i = 0; i < std::size(histogram.counts); ++i) {
    result.sample_count += histogram.counts[i];
    const double bound = i < PW_HISTOGRAM_BOUNDS ? static_cast<double>(bound_ns(i)) / 1e9
                                                 : std::numeric_limits<double>::infinity();
    result.bucket.push_back({.cumulative_count = result.sample_count, .upper_bound = bound});
  }
  result.sample_sum = static_cast<double>(histogram.sum_ns) / 1e9;
  return result;
}

}  // namespace pathwatch::metrics
