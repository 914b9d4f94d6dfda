// Where a measurement happens: a folder, memory that is shared, and the processes of the clients.
//
// Thread rule: the thread that creates it.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_STAGE_H_
#define PATHWATCH_TESTS_BENCH_QUERY_STAGE_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/query/board.h"
#include "tests/bench/query/host.h"

namespace pathwatch::bench {

// Says so on stderr and ends the process.
[[noreturn]] void Fail(const std::string& what);

// What else runs on the machine is not to be measured as time that the server takes. Without the
// right to do so it is.
void TakePrecedence(bool take);

class Stage {
 public:
  Stage();
  // Ends the clients.
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // `client` runs in a process of its own. REQUIRES: before Listen(); a ring has one process.
  void Fork(const std::function<void()>& client);

  // From now on clients can connect, and this process has precedence.
  std::unique_ptr<Host> Listen(std::uint32_t paths, std::uint32_t clients);

  std::string socket() const { return Host::Socket(folder_); }
  Board& board() { return *board_; }

 private:
  std::string folder_ = "/tmp/pathwatch.XXXXXX";
  Board* board_ = nullptr;
  std::vector<pid_t> children_;
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_STAGE_H_
