// Prints a line for each metric that pathwatch-exporter may give: name, type, labels.
#include <iostream>

#include "lib/metrics/catalogue.h"

namespace {

std::string_view Word(pathwatch::metrics::MetricType type) {
  switch (type) {
    case pathwatch::metrics::MetricType::kGauge:
      return "gauge";
    case pathwatch::metrics::MetricType::kCounter:
      return "counter";
    case pathwatch::metrics::MetricType::kHistogram:
      return "histogram";
  }
  return "";
}

}  // namespace

int main() {
  for (const pathwatch::metrics::MetricDescription& metric : pathwatch::metrics::Catalogue()) {
    std::cout << metric.name << ' ' << Word(metric.type) << ' ' << metric.labels << '\n';
  }
}
