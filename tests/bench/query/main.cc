// query_bench: what clients of the query interface cost its event loop, and what they get.
//
// Prints a JSON object per line: {"name", "metric", "value", "bound"}; null: no bound.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/query/board.h"
#include "tests/bench/query/changes.h"
#include "tests/bench/query/host.h"
#include "tests/bench/query/socket.h"
#include "tests/bench/query/stage.h"
#include "tests/bench/query/watchers.h"

namespace pathwatch::bench {
namespace {

constexpr ring::TimeNs kMillisecond = 1'000'000;
constexpr ring::TimeNs kSecond = 1'000 * kMillisecond;
constexpr std::uint32_t kProcesses = 2;
constexpr const char* kListPaths = R"({"method":"io.pathwatch.ListPaths"})";

void Print(const std::string& name, const char* metric, double value, std::optional<double> bound) {
  std::printf(R"({"name": "%s", "metric": "%s", "value": %.6g, "bound": %s})"
              "\n",
              name.c_str(), metric, value, bound ? std::to_string(*bound).c_str() : "null");
}

void PrintSlice(const std::string& name, const Host& host) {
  Print(name, "longest_slice_ms", static_cast<double>(host.statistics().longest_slice_ns) * 1e-6,
        1);
}

// `within_means`: the server gets it done, so that nothing may be lost.
void Watch(const std::string& name, std::uint32_t watchers, std::uint64_t per_second, int seconds,
           bool within_means) {
  Stage stage;
  Board& board = stage.board();
  for (std::uint32_t i = 0; i < kProcesses; ++i) {
    stage.Fork([&] { RunWatchers(stage.socket(), watchers / kProcesses, board); });
  }
  const auto host = stage.Listen(kWatchedPaths, watchers);
  auto changes = std::make_unique<Changes>(*host, board, watchers, per_second, seconds);
  if (const absl::Status ran = host->loop().Run(); !ran.ok()) Fail(std::string(ran.message()));

  const std::optional<double> none = 0;
  Print(name, "wrong_pictures",
        static_cast<double>(board.wrong + board.broken + (watchers - board.done)), none);
  Print(name, "missing_changes", static_cast<double>(board.missing), none);
  Print(name, "times_lost", static_cast<double>(board.lost), within_means ? none : std::nullopt);
  PrintSlice(name, *host);
  Print(name, "changes_told_per_s", static_cast<double>(board.changes) / changes->seconds(), {});
  Print(name, "percent_of_a_core", 100 * changes->cpu_seconds() / changes->seconds(), {});
}

// To the byte that ends the reply.
std::uint64_t ReadReply(int fd, std::vector<char>& room) {
  std::uint64_t bytes = 0;
  for (;;) {
    const ssize_t got = ::read(fd, room.data(), room.size());
    if (got <= 0) return 0;
    bytes += static_cast<std::uint64_t>(got);
    if (room[static_cast<std::size_t>(got) - 1] == '\0') return bytes;
  }
}

void RunLister(const std::string& socket, int lists, Board& board) {
  while (!board.listening) ::usleep(1'000);
  std::vector<char> room(1 << 20);
  const int fd = Connect(socket, /*blocking=*/true);
  for (int i = 0; i < lists; ++i) {
    SendCall(fd, kListPaths);
    board.list_bytes = ReadReply(fd, room);
  }
  ++board.done;
}

class UntilDone {
 public:
  UntilDone(Host& host, const Board& board) : host_(host), board_(board) {
    host_.loop().Arm(timer_, host_.loop().now_ns());
  }

 private:
  void OnTimer(ring::TimeNs now_ns) {
    if (board_.done > 0) return host_.loop().Stop();
    host_.loop().Arm(timer_, now_ns + kMillisecond);
  }

  Host& host_;
  const Board& board_;
  ring::BoundTimer<UntilDone, &UntilDone::OnTimer> timer_{*this};
};

void List(const std::string& name, std::uint32_t paths, int lists) {
  Stage stage;
  Board& board = stage.board();
  stage.Fork([&] { RunLister(stage.socket(), lists, board); });
  const auto host = stage.Listen(paths, 1);
  const UntilDone until_done(*host, board);
  if (const absl::Status ran = host->loop().Run(); !ran.ok()) Fail(std::string(ran.message()));

  if (board.list_bytes == 0) Fail("the list was not complete");
  PrintSlice(name, *host);
}

// How long this process is stopped although it has precedence: nothing above can be measured to be
// shorter.
void Pause() {
  // The kernel stops those with precedence that take more of a second.
  constexpr std::int64_t kSpan = 900 * kMillisecond;
  const auto now_ns = [] {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * kSecond + now.tv_nsec;
  };
  TakePrecedence(true);
  std::int64_t longest = 0;
  const std::int64_t begin = now_ns();
  for (std::int64_t last = begin; last - begin < kSpan;) {
    const std::int64_t now = now_ns();
    longest = std::max(longest, now - last);
    last = now;
  }
  TakePrecedence(false);
  Print("nothing", "longest_pause_ms", static_cast<double>(longest) * 1e-6, {});
}

int Main() {
  ::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  Pause();
  List("list_of_10000_paths", 10'000, 8);
  List("list_of_100000_paths", 100'000, 1);
  Watch("100_watchers_1000_changes_per_s", 100, 1'000, 3, true);
  Watch("1000_watchers_50_changes_per_s", 1'000, 50, 3, true);
  Watch("100_watchers_20000_changes_per_s", 100, 20'000, 2, false);
  return 0;
}

}  // namespace
}  // namespace pathwatch::bench

int main() { return pathwatch::bench::Main(); }
