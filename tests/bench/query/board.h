// What the server's process and those of its clients tell each other: memory that they share.
//
// Thread rule: as atomics are; plain members are written before an atomic says so.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_BOARD_H_
#define PATHWATCH_TESTS_BENCH_QUERY_BOARD_H_

#include <array>
#include <atomic>
#include <cstdint>

#include "proto/state_table.h"

namespace pathwatch::bench {

inline constexpr std::uint32_t kWatchedPaths = 1'000;
using States = std::array<std::uint8_t, kWatchedPaths>;  // pw_state by path

struct Board {
  std::atomic<bool> listening{false};
  std::atomic<std::uint32_t> complete{0};  // watchers that have heard `complete` for the first time
  States truth{};                          // as of `end`
  std::atomic<std::uint64_t> end{0};       // the last change; 0: more will come
  std::atomic<std::uint32_t> done{0};      // clients that have what they came for

  // What watchers have found.
  std::atomic<std::uint64_t> changes{0};
  std::atomic<std::uint64_t> missing{0};  // sequences that did not come, or not in their order
  std::atomic<std::uint64_t> lost{0};     // times that pathwatchd has said so
  std::atomic<std::uint64_t> wrong{0};    // watchers whose states are not the truth in the end
  std::atomic<std::uint64_t> broken{0};   // connections that have ended early

  std::uint64_t list_bytes = 0;  // of the last list
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_BOARD_H_
