#include "lib/metrics/text_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>

#include "fmt/format.h"

namespace pathwatch::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Up to there a double holds each whole number.
constexpr double kWholeMax = 9'007'199'254'740'992;

void AppendNumber(std::uint64_t number, std::string& out) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void AppendValue(double value, std::string& out) {
  if (value >= 0 && value < kWholeMax && value == std::floor(value)) {
    AppendNumber(static_cast<std::uint64_t>(value), out);
  } else if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
  } else {
    fmt::format_to(std::back_inserter(out), "{}", value);
  }
}

// Quotes have a meaning in the value of a label only.
void AppendEscaped(std::string_view text, bool quotes, std::string& out) {
  const auto special = [quotes](char c) { return c == '\\' || c == '\n' || (quotes && c == '"'); };
  auto begin = text.begin();
  for (auto at = std::find_if(begin, text.end(), special); at != text.end();
       at = std::find_if(begin, text.end(), special)) {
    out.append(begin, at);
    out += '\\';
    out += *at == '\n' ? 'n' : *at;
    begin = at + 1;
  }
  out.append(begin, text.end());
}

void AppendLabel(std::string_view name, std::string_view value, std::string& out) {
  out.append(name);
  out += "=\"";
  AppendEscaped(value, true, out);
  out += '"';
}

// "name_suffix{label="value",le="bound"} ", without the braces if there is no label.
void AppendSeries(const MetricFamily& family, std::string_view suffix, const ClientMetric& metric,
                  std::string_view le, std::string& out) {
  out.append(family.name).append(suffix);
  char before = '{';
  for (const ClientMetric::Label& label : metric.label) {
    out += before;
    AppendLabel(label.name, label.value, out);
    before = ',';
  }
  if (!le.empty()) {
    out += before;
    AppendLabel("le", le, out);
    before = ',';
  }
  out.append(before == ',' ? "} " : " ");
}

void AppendSample(const MetricFamily& family, const ClientMetric& metric, double value,
                  std::string& out) {
  AppendSeries(family, "", metric, "", out);
  AppendValue(value, out);
  out += '\n';
}

void AppendCount(const MetricFamily& family, std::string_view suffix, const ClientMetric& metric,
                 std::string_view le, std::uint64_t count, std::string& out) {
  AppendSeries(family, suffix, metric, le, out);
  AppendNumber(count, out);
  out += '\n';
}

void AppendHistogram(const MetricFamily& family, const ClientMetric& metric, std::string& out) {
  const ClientMetric::Histogram& histogram = metric.histogram;
  double last = -std::numeric_limits<double>::infinity();
  for (const ClientMetric::Bucket& bucket : histogram.bucket) {
    std::string bound;
    AppendValue(bucket.upper_bound, bound);
    AppendCount(family, "_bucket", metric, bound, bucket.cumulative_count, out);
    last = bucket.upper_bound;
  }
  if (!std::isinf(last) || last < 0) {
    AppendCount(family, "_bucket", metric, "+Inf", histogram.sample_count, out);
  }
  AppendSeries(family, "_sum", metric, "", out);
  AppendValue(histogram.sample_sum, out);
  out += '\n';
  AppendCount(family, "_count", metric, "", histogram.sample_count, out);
}

std::string_view TypeName(MetricType type) {
  switch (type) {
    case MetricType::Counter:
      return "counter";
    case MetricType::Gauge:
      return "gauge";
    case MetricType::Histogram:
      return "histogram";
    default:
      return "untyped";
  }
}

void AppendFamily(const MetricFamily& family, std::string& out) {
  out.append("# HELP ").append(family.name).append(" ");
  AppendEscaped(family.help, false, out);
  out.append("\n# TYPE ").append(family.name).append(" ").append(TypeName(family.type));
  out += '\n';
  for (const ClientMetric& metric : family.metric) {
    if (family.type == MetricType::Histogram) {
      AppendHistogram(family, metric, out);
    } else {
      const bool counter = family.type == MetricType::Counter;
      AppendSample(family, metric, counter ? metric.counter.value : metric.gauge.value, out);
    }
  }
}

}  // namespace

std::string TextFormat(const std::vector<MetricFamily>& families, std::size_t bytes) {
  std::string out;
  out.reserve(bytes);
  for (const MetricFamily& family : families) AppendFamily(family, out);
  return out;
}

}  // namespace pathwatch::metrics
