#include "tests/metrics/collected.h"

#include <algorithm>
#include <set>

#include "lib/metrics/text_format.h"

namespace pathwatch::metrics {
namespace {

std::string LabelsOf(const prometheus::ClientMetric& metric) {
  std::string labels;
  for (const auto& label : metric.label) labels += (labels.empty() ? "" : " ") + label.value;
  return labels;
}

}  // namespace

std::vector<std::string> Collected::names() const {
  std::vector<std::string> names;
  for (const auto& family : families_) names.push_back(family.name);
  return names;
}

std::string Collected::text() const { return TextFormat(families_, 0); }

const prometheus::MetricFamily* Collected::family(MetricId id) const {
  const auto found = std::find_if(families_.begin(), families_.end(),
                                  [&](const auto& f) { return f.name == Describe(id).name; });
  return found == families_.end() ? nullptr : &*found;
}

std::vector<std::string> Collected::series(MetricId id) const {
  std::vector<std::string> series;
  if (family(id) == nullptr) return series;
  for (const auto& metric : family(id)->metric) series.push_back(LabelsOf(metric));
  return series;
}

const prometheus::ClientMetric* Collected::metric(MetricId id, const std::string& labels) const {
  if (family(id) == nullptr) return nullptr;
  const auto& metrics = family(id)->metric;
  const auto found = std::find_if(metrics.begin(), metrics.end(),
                                  [&](const auto& metric) { return LabelsOf(metric) == labels; });
  return found == metrics.end() ? nullptr : &*found;
}

std::optional<double> Collected::value(MetricId id, const std::string& labels) const {
  const prometheus::ClientMetric* const found = metric(id, labels);
  if (found == nullptr) return std::nullopt;
  return Describe(id).type == MetricType::kCounter ? found->counter.value : found->gauge.value;
}

std::vector<std::string> Collected::doubles() const {
  std::vector<std::string> doubles;
  for (const auto& family : families_) {
    std::set<std::vector<prometheus::ClientMetric::Label>> seen;
    for (const auto& metric : family.metric) {
      if (!seen.insert(metric.label).second)
        doubles.push_back(family.name + " " + LabelsOf(metric));
    }
  }
  return doubles;
}

}  // namespace pathwatch::metrics
