// The daemon's log: spdlog in front, a bounded queue that the ring empties behind.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_H_

#include <cstdint>
#include <memory>

#include "lib/ring/line_writer.h"
#include "spdlog/logger.h"

namespace pathwatch::service {

// A logger of its own, in no registry. `writer` is not owned and outlives it. With
// `journal_prefix`, lines begin with "<priority>" instead of the time (sd-daemon(3)).
std::shared_ptr<spdlog::logger> MakeLogger(ring::LineWriter& writer, bool journal_prefix);

// Lets so many lines of one kind through per second, and counts the others.
class RateLimit {
 public:
  explicit RateLimit(std::uint32_t per_second) : per_second_(per_second) {}

  // True if a line may be written now.
  bool Allow(std::int64_t now_ns);
  // Lines that were held back and not yet reported; 0 while they still are.
  std::uint64_t TakeSuppressed(std::int64_t now_ns);

 private:
  const std::uint32_t per_second_;
  std::int64_t second_ = -1;
  std::uint32_t used_ = 0;
  std::uint64_t suppressed_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_H_
