#include "service/daemon/log/rate_limit.h"

#include <utility>

#include "lib/health/time.h"

namespace pathwatch::service {

bool RateLimit::HasRoom(std::int64_t now_ns) const {
  return now_ns / health::kSecond != second_ || used_ < per_second_;
}

bool RateLimit::Allow(std::int64_t now_ns) {
  if (now_ns / health::kSecond != second_) {
    second_ = now_ns / health::kSecond;
    used_ = 0;
  }
  if (used_ < per_second_) {
    ++used_;
    return true;
  }
  ++suppressed_;
  return false;
}

std::uint64_t RateLimit::TakeSuppressed(std::int64_t now_ns) {
  return HasRoom(now_ns) ? std::exchange(suppressed_, 0) : 0;
}

}  // namespace pathwatch::service
