// A process with clients that watch.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_WATCHERS_H_
#define PATHWATCH_TESTS_BENCH_QUERY_WATCHERS_H_

#include <cstdint>
#include <string>

#include "tests/bench/query/board.h"

namespace pathwatch::bench {

// Connects so many watchers to the socket once somebody listens there, and returns when each has
// followed until Board::end, or was disconnected. What they find is added to the board.
void RunWatchers(const std::string& socket, std::uint32_t count, Board& board);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_WATCHERS_H_
