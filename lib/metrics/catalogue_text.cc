#include "lib/metrics/catalogue_text.h"

#include <string_view>

#include "lib/metrics/catalogue.h"

namespace pathwatch::metrics {
namespace {

std::string_view TitleOf(MetricGroup group) {
  switch (group) {
    case MetricGroup::kExporter:
      return "The exporter, and what it reads";
    case MetricGroup::kDaemon:
      return "pathwatchd";
    case MetricGroup::kPaths:
      return "All paths";
    case MetricGroup::kTarget:
      return "I_T nexuses";
    case MetricGroup::kLun:
      return "Logical units";
    case MetricGroup::kPath:
      return "Single paths";
  }
  return "";
}

std::string_view NameOf(MetricType type) {
  switch (type) {
    case MetricType::kGauge:
      return "gauge";
    case MetricType::kCounter:
      return "counter";
    case MetricType::kHistogram:
      return "histogram";
  }
  return "";
}

// "`hba` `target_port`"
std::string Marked(std::string_view words) {
  std::string marked;
  for (const char c : words) marked += c == ' ' ? std::string("` `") : std::string(1, c);
  return marked.empty() ? "" : "`" + marked + "`";
}

std::string TitleAndHead(MetricGroup group) {
  return "### " + std::string(TitleOf(group)) +
         "\n\n| metric | type | labels | meaning |\n|---|---|---|---|\n";
}

std::string Row(const MetricDescription& metric) {
  std::string row;
  for (const std::string& cell : {Marked(metric.name), std::string(NameOf(metric.type)),
                                  Marked(metric.labels), std::string(metric.help)}) {
    row += cell.empty() ? "| " : "| " + cell + " ";
  }
  return row + "|\n";
}

}  // namespace

std::string CatalogueText() {
  std::string text;
  const MetricDescription* before = nullptr;
  for (const MetricDescription& metric : Catalogue()) {
    if (before == nullptr || before->group != metric.group) {
      if (before != nullptr) text += "\n";
      text += TitleAndHead(metric.group);
    }
    text += Row(metric);
    before = &metric;
  }
  return text;
}

}  // namespace pathwatch::metrics
