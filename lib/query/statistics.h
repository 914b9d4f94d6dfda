// What the query server counts about itself. Plain values.
#ifndef PATHWATCH_LIB_QUERY_STATISTICS_H_
#define PATHWATCH_LIB_QUERY_STATISTICS_H_

#include <cstdint>

#include "lib/ring/timer.h"

namespace pathwatch::query {

// What has been counted since the start; `connections` and `calls` are as of now.
struct Statistics {
  std::uint64_t connections = 0;
  std::uint64_t calls = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;  // too many connections
  std::uint64_t calls_answered = 0;
  std::uint64_t bad_calls = 0;  // what was received was no call
  std::uint64_t dropped = 0;    // clients that were too slow to say or to read something
  ring::TimeNs longest_slice_ns = 0;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_STATISTICS_H_
