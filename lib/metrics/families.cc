#include "lib/metrics/families.h"

#include <prometheus/metric_type.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "lib/metrics/label_text.h"

namespace pathwatch::metrics {
namespace {

[[noreturn]] void EndForLabels(const MetricDescription& metric, std::size_t values) {
  std::fprintf(stderr, "pathwatch: bug: %zu values for the labels of %.*s\n", values,
               static_cast<int>(metric.name.size()), metric.name.data());
  std::abort();
}

std::vector<std::string> LabelsOf(const MetricDescription& metric) {
  std::vector<std::string> labels;
  std::string_view rest = metric.labels;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    labels.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return labels;
}

prometheus::MetricType TypeOf(MetricType type) {
  switch (type) {
    case MetricType::kGauge:
      return prometheus::MetricType::Gauge;
    case MetricType::kCounter:
      return prometheus::MetricType::Counter;
    case MetricType::kHistogram:
      return prometheus::MetricType::Histogram;
  }
  return prometheus::MetricType::Untyped;
}

}  // namespace

Families::Families() {
  for (const MetricDescription& metric : Catalogue()) {
    families_[static_cast<std::size_t>(metric.id)].labels = LabelsOf(metric);
  }
}

void Families::Reserve(MetricId id, std::size_t series) {
  auto& metrics = families_[static_cast<std::size_t>(id)].metrics;
  metrics.reserve(metrics.size() + series);
}

prometheus::ClientMetric& Families::Append(MetricId id, LabelValues values) {
  Family& family = families_[static_cast<std::size_t>(id)];
  if (values.size() != family.labels.size()) EndForLabels(Describe(id), values.size());
  prometheus::ClientMetric& metric = family.metrics.emplace_back();
  metric.label.resize(values.size());
  std::size_t i = 0;
  for (const std::string_view value : values) {
    metric.label[i].name = family.labels[i];
    if (IsPlainLabel(value)) {
      metric.label[i].value = value;
    } else {
      metric.label[i].value = LabelText(value);
    }
    ++i;
  }
  return metric;
}

void Families::Add(MetricId id, LabelValues values, double value) {
  prometheus::ClientMetric& metric = Append(id, values);
  if (Describe(id).type == MetricType::kCounter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
}

void Families::Add(MetricId id, LabelValues values, prometheus::ClientMetric::Histogram histogram) {
  Append(id, values).histogram = std::move(histogram);
}

std::vector<prometheus::MetricFamily> Families::Take() {
  std::vector<prometheus::MetricFamily> taken;
  for (const MetricDescription& metric : Catalogue()) {
    Family& family = families_[static_cast<std::size_t>(metric.id)];
    if (family.metrics.empty()) continue;
    taken.push_back({.name = std::string(metric.name),
                     .help = std::string(metric.help),
                     .type = TypeOf(metric.type),
                     .metric = std::exchange(family.metrics, {})});
  }
  return taken;
}

}  // namespace pathwatch::metrics
