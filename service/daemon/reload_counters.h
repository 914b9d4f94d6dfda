// How reloads of the configuration went.
//
// Thread rule: plain value.
#ifndef PATHWATCH_SERVICE_DAEMON_RELOAD_COUNTERS_H_
#define PATHWATCH_SERVICE_DAEMON_RELOAD_COUNTERS_H_

#include <cstdint>

namespace pathwatch::service {

struct ReloadCounters {
  std::uint64_t reloads = 0;  // that took effect
  std::uint64_t failed = 0;
  std::int64_t since_ns = 0;  // when the one in force took effect
  std::int64_t tried_ns = 0;  // when the last reload was asked for; 0: never
  bool has_failed = false;    // that one
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_RELOAD_COUNTERS_H_
