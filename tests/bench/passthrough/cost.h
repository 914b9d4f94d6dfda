// What a number of TEST UNIT READY commands has cost: processor time, time, latencies.
//
// Thread rule: one thread.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_COST_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_COST_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pathwatch::bench {

// CLOCK_MONOTONIC.
std::int64_t NowNs();
// User and system time of the whole process, threads that have ended and the kernel's io_uring
// workers included.
std::int64_t ProcessCpuNs();

class Cost {
 public:
  // Everything from here on counts.
  void Begin();
  // Everything up to here counts.
  void End();
  void Answered(std::int64_t latency_ns) { latencies_ns_.push_back(latency_ns); }

  std::size_t turs() const { return latencies_ns_.size(); }
  // One line of JSON. REQUIRES: turs() > 0, and End() was called.
  std::string Json(const std::string& mode, const std::string& passthrough) const;

 private:
  std::vector<std::int64_t> latencies_ns_;
  std::int64_t cpu_ns_ = 0;
  std::int64_t wall_ns_ = 0;
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_COST_H_
