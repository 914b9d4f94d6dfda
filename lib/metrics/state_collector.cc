#include "lib/metrics/state_collector.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_type.h>

#include <ctime>
#include <utility>

#include "lib/metrics/catalogue.h"

namespace pathwatch::metrics {
namespace {

std::int64_t Clock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

prometheus::MetricFamily Gauge(MetricId id, double value) {
  prometheus::MetricFamily family;
  family.name = Describe(id).name;
  family.help = Describe(id).help;
  family.type = prometheus::MetricType::Gauge;
  family.metric.emplace_back().gauge.value = value;
  return family;
}

}  // namespace

Moment Now() {
  return {.boottime_ns = Clock(CLOCK_BOOTTIME), .realtime_ns = Clock(CLOCK_REALTIME)};
}

StateCollector::StateCollector(CollectorOptions options) : options_(std::move(options)) {
  pw_open(options_.state_file.c_str(), &reader_);
}

StateCollector::~StateCollector() { pw_close(&reader_); }

std::vector<prometheus::MetricFamily> StateCollector::Collect() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Moment now = options_.now();
  const bool readable =
      pw_refresh(&reader_) == PW_OK && pw_freshness(&reader_, now.boottime_ns, nullptr) == PW_OK;
  return {Gauge(MetricId::kStateReadable, readable ? 1 : 0)};
}

}  // namespace pathwatch::metrics
