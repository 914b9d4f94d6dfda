// What is published of a path, for tests of the plugin's answers.
#ifndef PATHWATCH_TESTS_CHECKER_MULTIPATH_RECORDS_H_
#define PATHWATCH_TESTS_CHECKER_MULTIPATH_RECORDS_H_

#include <cstdint>

#include "lib/checker/multipath/published.h"

namespace pathwatch::checker {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr std::int64_t kNow = 1000 * kSecond;
inline constexpr std::int64_t kTimeout = 30 * kSecond;

// A path in that state for a minute, checked two seconds ago, by a daemon that lives.
inline pwm_published Published(unsigned state, std::int64_t now = kNow) {
  pwm_published published{};
  published.result = PW_OK;
  published.heartbeat_age_ns = 300'000'000;
  pw_path_record& record = published.record;
  record.state = static_cast<std::uint8_t>(state);
  record.reason_kind = PW_REASON_REPLY;
  record.since_boottime_ns = now - 60 * kSecond;
  record.last_check_sent_boottime_ns = now - 2 * kSecond;
  record.last_check_done_boottime_ns = now - 2 * kSecond + 250'000;
  record.valid_until_boottime_ns = now + 8 * kSecond;
  return published;
}

inline pwm_published Failure(pw_result result) {
  pwm_published published{};
  published.result = result;
  return published;
}

inline pwm_published Stale(std::int64_t heartbeat_age) {
  pwm_published published = Failure(PW_STALE);
  published.heartbeat_age_ns = heartbeat_age;
  return published;
}

}  // namespace pathwatch::checker

#endif  // PATHWATCH_TESTS_CHECKER_MULTIPATH_RECORDS_H_
