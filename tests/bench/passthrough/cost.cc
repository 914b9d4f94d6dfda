#include "tests/bench/passthrough/cost.h"

#include <sys/resource.h>

#include <algorithm>
#include <ctime>

#include "absl/strings/str_format.h"

namespace pathwatch::bench {
namespace {

std::int64_t Nanoseconds(const timeval& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + std::int64_t{time.tv_usec} * 1'000;
}

double Microseconds(std::int64_t time_ns) { return static_cast<double>(time_ns) * 1e-3; }

}  // namespace

std::int64_t NowNs() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::int64_t ProcessCpuNs() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return Nanoseconds(usage.ru_utime) + Nanoseconds(usage.ru_stime);
}

void Cost::Begin() {
  cpu_ns_ = -ProcessCpuNs();
  wall_ns_ = -NowNs();
}

void Cost::End() {
  cpu_ns_ += ProcessCpuNs();
  wall_ns_ += NowNs();
}

std::string Cost::Json(const std::string& mode, const std::string& passthrough) const {
  std::vector<std::int64_t> sorted = latencies_ns_;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const auto number = static_cast<double>(sorted.size());
  return absl::StrFormat(
      R"({"mode": "%s", "passthrough": "%s", "turs": %d, "cpu_us_per_tur": %.2f, )"
      R"("wall_us_per_tur": %.2f, "latency_us_median": %.1f})",
      mode, passthrough, sorted.size(), Microseconds(cpu_ns_) / number,
      Microseconds(wall_ns_) / number, Microseconds(*middle));
}

}  // namespace pathwatch::bench
