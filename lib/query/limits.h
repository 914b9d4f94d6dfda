// What a client of the query socket may cost. Plain values.
#ifndef PATHWATCH_LIB_QUERY_LIMITS_H_
#define PATHWATCH_LIB_QUERY_LIMITS_H_

#include <cstddef>

#include "lib/ring/timer.h"

namespace pathwatch::query {

struct Limits {
  std::size_t connections_max = 4'096;
  std::size_t connections_per_uid = 256;
  std::size_t call_bytes_max = 64 << 10;        // one call, its NUL included
  std::size_t unread_bytes_max = 64 << 10;      // an answer waits while more than these are unread
  ring::TimeNs call_time_ns = 30'000'000'000;   // from the first byte (or connecting) to the NUL
  ring::TimeNs stall_time_ns = 30'000'000'000;  // without the client reading anything
  ring::TimeNs slice_ns = 500'000;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_LIMITS_H_
