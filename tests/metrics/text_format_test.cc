#include "lib/metrics/text_format.h"

#include <gtest/gtest.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace pathwatch::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

std::multiset<std::string> Lines(const std::string& text) {
  std::istringstream stream(text);
  std::multiset<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

// The library's, which has the lines of a histogram in another order.
std::multiset<std::string> ReferenceLines(const std::vector<MetricFamily>& families) {
  return Lines(prometheus::TextSerializer().Serialize(families));
}

MetricFamily Family(MetricType type, std::vector<ClientMetric> metrics) {
  return {.name = "a_metric", .help = "What it is.", .type = type, .metric = std::move(metrics)};
}

ClientMetric Gauge(double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.gauge.value = value;
  return metric;
}

// What is written for a gauge of that value.
std::string Written(double value) {
  const std::string text = TextFormat({Family(MetricType::Gauge, {Gauge(value)})}, 0);
  return text.substr(text.rfind(' ') + 1);
}

TEST(TextFormatTest, GaugesAndCountersAreWrittenAsByTheLibrary) {
  ClientMetric counter;
  counter.counter.value = 123'456'789;
  const std::vector<MetricFamily> families = {
      Family(MetricType::Gauge, {Gauge(1), Gauge(0.5, {{"path", "3:0:0:1"}}),
                                 Gauge(-2, {{"path", "3:0:0:2"}, {"state", "up"}})}),
      Family(MetricType::Counter, {counter}), Family(MetricType::Gauge, {})};
  const std::string text = TextFormat(families, 0);
  EXPECT_EQ(Lines(text), ReferenceLines(families)) << text;
  EXPECT_TRUE(text.starts_with("# HELP a_metric What it is.\n# TYPE a_metric gauge\na_metric 1\n"));
}

TEST(TextFormatTest, LabelsOfAnyBytesAreEscapedAsByTheLibrary) {
  const std::vector<MetricFamily> families = {
      Family(MetricType::Gauge, {Gauge(1, {{"a", "\\"},
                                           {"b", "\""},
                                           {"c", "x\ny\n"},
                                           {"d", ""},
                                           {"e", "\"}\\n{a=\"1\",\xC3\xA4 "}})})};
  const std::string text = TextFormat(families, 1000);
  EXPECT_EQ(Lines(text), ReferenceLines(families)) << text;
}

TEST(TextFormatTest, HelpIsEscaped) {
  MetricFamily family = Family(MetricType::Gauge, {Gauge(1)});
  family.help = "one\ntwo \\ \"three\"";
  EXPECT_TRUE(
      TextFormat({family}, 0)
          .starts_with("# HELP a_metric one\\ntwo \\\\ \"three\"\n# TYPE a_metric gauge\n"));
}

TEST(TextFormatTest, HistogramHasItsBucketsInOrderAndOneForAll) {
  ClientMetric metric;
  metric.label = {{"command", "tur"}};
  metric.histogram.sample_count = 9;
  metric.histogram.sample_sum = 0.25;
  metric.histogram.bucket = {{2, 0.5}, {7, 1}};
  std::vector<MetricFamily> families = {Family(MetricType::Histogram, {metric})};
  EXPECT_EQ(TextFormat(families, 0),
            "# HELP a_metric What it is.\n"
            "# TYPE a_metric histogram\n"
            "a_metric_bucket{command=\"tur\",le=\"0.5\"} 2\n"
            "a_metric_bucket{command=\"tur\",le=\"1\"} 7\n"
            "a_metric_bucket{command=\"tur\",le=\"+Inf\"} 9\n"
            "a_metric_sum{command=\"tur\"} 0.25\n"
            "a_metric_count{command=\"tur\"} 9\n");
  EXPECT_EQ(Lines(TextFormat(families, 0)), ReferenceLines(families));
  const double infinite = std::numeric_limits<double>::infinity();
  families[0].metric[0].histogram.bucket.push_back({9, infinite});
  EXPECT_EQ(Lines(TextFormat(families, 0)), ReferenceLines(families));
}

TEST(TextFormatTest, NumbersKeepTheirValue) {
  EXPECT_EQ(Written(0), "0\n");
  EXPECT_EQ(Written(1e6), "1000000\n");
  EXPECT_EQ(Written(-5), "-5\n");
  EXPECT_EQ(Written(1795404464.362991), "1795404464.362991\n");
  EXPECT_EQ(Written(std::numeric_limits<double>::infinity()), "+Inf\n");
  EXPECT_EQ(Written(-std::numeric_limits<double>::infinity()), "-Inf\n");
  EXPECT_EQ(Written(std::numeric_limits<double>::quiet_NaN()), "NaN\n");
  for (const double value : {0.1, 1e-9, 3.5e20, 9'007'199'254'740'993.0, 1.0 / 3, -0.1, 1e300}) {
    EXPECT_EQ(std::stod(Written(value)), value);
  }
}

}  // namespace
}  // namespace pathwatch::metrics
