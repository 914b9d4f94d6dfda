// Lets so many lines of one kind through per second, and counts the others.
//
// Pure: time comes in as a number. One thread.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_RATE_LIMIT_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_RATE_LIMIT_H_

#include <cstdint>

namespace pathwatch::service {

class RateLimit {
 public:
  explicit RateLimit(std::uint32_t per_second) : per_second_(per_second) {}

  // From now on, the second that has begun included.
  void Set(std::uint32_t per_second) { per_second_ = per_second; }

  // True if Allow() would say so.
  bool HasRoom(std::int64_t now_ns) const;
  // True if a line may be written now; one that may not is counted.
  bool Allow(std::int64_t now_ns);
  // Lines that were held back and not yet reported; 0 while they still are.
  std::uint64_t TakeSuppressed(std::int64_t now_ns);

 private:
  std::uint32_t per_second_;
  std::int64_t second_ = -1;
  std::uint32_t used_ = 0;
  std::uint64_t suppressed_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_RATE_LIMIT_H_
