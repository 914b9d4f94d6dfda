// What the tests of the ring share: a loop, pipes, and completions that remember.
#ifndef PATHWATCH_TESTS_RING_LOOP_TESTING_H_
#define PATHWATCH_TESTS_RING_LOOP_TESTING_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/ring/loop.h"

namespace pathwatch::ring {

inline constexpr TimeNs kMillisecond = 1'000'000;
// No test waits that long unless it fails.
inline constexpr TimeNs kTestWait = 20'000 * kMillisecond;

// Small, as the kernel holds the memory of a closed ring for a while.
inline std::unique_ptr<Loop> MakeLoop(const Loop::Options& options = {.entries = 64}) {
  absl::StatusOr<std::unique_ptr<Loop>> loop = Loop::Create(options);
  EXPECT_TRUE(loop.ok()) << loop.status();
  return *std::move(loop);
}

// Turns the loop until `reached`; false when it takes too long.
inline bool RunUntil(Loop& loop, const std::function<bool()>& reached) {
  const TimeNs end_ns = loop.clock_ns() + kTestWait;
  while (!reached()) {
    if (loop.clock_ns() >= end_ns) return false;
    const absl::Status status = loop.RunOnce(end_ns);
    EXPECT_TRUE(status.ok()) << status;
    if (!status.ok()) return false;
  }
  return true;
}

inline void Spin(const Loop& loop, TimeNs duration_ns) {
  const TimeNs end_ns = loop.clock_ns() + duration_ns;
  while (loop.clock_ns() < end_ns) {
  }
}

struct Pipe {
  explicit Pipe(int flags = 0) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | flags), 0);
    reader = ends[0];
    writer = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }
  void CloseReader() {
    if (reader >= 0) ::close(std::exchange(reader, -1));
  }
  void CloseWriter() {
    if (writer >= 0) ::close(std::exchange(writer, -1));
  }
  void Put(std::string_view text) const {
    EXPECT_EQ(::write(writer, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  // Fills the pipe to the last byte; returns how many went in.
  std::size_t Fill() const {
    const int flags = ::fcntl(writer, F_GETFL);
    ::fcntl(writer, F_SETFL, flags | O_NONBLOCK);
    std::size_t total = 0;
    const std::string chunk(4096, '.');
    for (std::size_t size = chunk.size(); size > 0;) {
      const ssize_t put = ::write(writer, chunk.data(), size);
      if (put > 0) total += static_cast<std::size_t>(put);
      if (put <= 0) size /= 2;
    }
    ::fcntl(writer, F_SETFL, flags);
    return total;
  }
  // What is in the pipe now, without waiting.
  std::string Take() const {
    const int flags = ::fcntl(reader, F_GETFL);
    ::fcntl(reader, F_SETFL, flags | O_NONBLOCK);
    std::string text;
    std::vector<char> chunk(65536);
    for (;;) {
      const ssize_t got = ::read(reader, chunk.data(), chunk.size());
      if (got <= 0) break;
      text.append(chunk.data(), static_cast<std::size_t>(got));
    }
    ::fcntl(reader, F_SETFL, flags);
    return text;
  }

  int reader = -1;
  int writer = -1;
};

// A Completion that remembers its results and may do something in its callback.
struct Outcome {
  void OnDone(const Result& result) {
    results.push_back(result);
    if (then) then();
  }
  bool came() const { return !results.empty(); }
  int value() const { return results.empty() ? -1'000'000 : results.back().value; }

  std::vector<Result> results;
  std::function<void()> then;
  Bound<Outcome, &Outcome::OnDone> done{*this};
};

struct TimerOutcome {
  void OnTimer(TimeNs now_ns) {
    times.push_back(now_ns);
    if (then) then();
  }
  bool came() const { return !times.empty(); }

  std::vector<TimeNs> times;
  std::function<void()> then;
  BoundTimer<TimerOutcome, &TimerOutcome::OnTimer> timer{*this};
};

inline std::span<const std::byte> Bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}
inline std::span<std::byte> Writable(std::string& text) {
  return std::as_writable_bytes(std::span(text));
}

}  // namespace pathwatch::ring

#endif  // PATHWATCH_TESTS_RING_LOOP_TESTING_H_
