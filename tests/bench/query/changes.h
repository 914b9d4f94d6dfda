// Changes at a rate, from when all watchers are there, and the end of the loop when all have them.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_CHANGES_H_
#define PATHWATCH_TESTS_BENCH_QUERY_CHANGES_H_

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>

#include "tests/bench/query/board.h"
#include "tests/bench/query/host.h"

namespace pathwatch::bench {

// Of this process.
inline double CpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class Changes {
 public:
  Changes(Host& host, Board& board, std::uint32_t watchers, std::uint64_t per_second, int seconds)
      : host_(host),
        board_(board),
        watchers_(watchers),
        per_second_(per_second),
        total_(per_second * static_cast<std::uint64_t>(seconds)) {
    host_.loop().Arm(timer_, host_.loop().now_ns());
    deadline_ns_ = host_.loop().now_ns() + kPatienceNs;
  }

  double cpu_seconds() const { return cpu_; }
  double seconds() const { return static_cast<double>(end_ns_ - begin_ns_) * 1e-9; }

 private:
  static constexpr ring::TimeNs kLookNs = 1'000'000;
  static constexpr ring::TimeNs kPatienceNs = 60'000'000'000;  // until all watchers have all

  void OnTimer(ring::TimeNs now_ns) {
    if (board_.done == watchers_ || now_ns > deadline_ns_) return host_.loop().Stop();
    if (begin_ns_ == 0 && board_.complete + board_.broken >= watchers_) {
      begin_ns_ = now_ns;
      cpu_ = CpuSeconds();
    }
    if (begin_ns_ != 0 && board_.end == 0) Append(now_ns);
    host_.loop().Arm(timer_, now_ns + kLookNs);
  }

  void Append(ring::TimeNs now_ns) {
    const auto due = static_cast<std::uint64_t>(static_cast<double>(now_ns - begin_ns_) * 1e-9 *
                                                static_cast<double>(per_second_));
    while (host_.file().last_change() < std::min(due, total_)) host_.Change();
    if (host_.file().last_change() < total_) return;
    for (std::uint32_t path = 0; path < kWatchedPaths; ++path) {
      board_.truth[path] = host_.file().path(path)->state;
    }
    board_.end = total_;
    end_ns_ = now_ns;
    cpu_ = CpuSeconds() - cpu_;
  }

  Host& host_;
  Board& board_;
  const std::uint32_t watchers_;
  const std::uint64_t per_second_;
  const std::uint64_t total_;
  ring::TimeNs begin_ns_ = 0;
  ring::TimeNs end_ns_ = 0;
  ring::TimeNs deadline_ns_ = 0;
  double cpu_ = 0;
  ring::BoundTimer<Changes, &Changes::OnTimer> timer_{*this};
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_CHANGES_H_
