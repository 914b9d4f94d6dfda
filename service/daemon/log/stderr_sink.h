// Lines of text, for people or for a service manager that reads them.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_STDERR_SINK_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_STDERR_SINK_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/ring/line_writer.h"
#include "service/daemon/log/record.h"

namespace pathwatch::service {

enum class LineForm : std::uint8_t {
  kTimed,        // "2026-03-01T12:00:00.250+01:00 warning TEXT"
  kPrioritized,  // "<4>TEXT", which the journal understands (sd-daemon(3))
};

class StderrSink final : public LogSink {
 public:
  // `fd` is not owned. Must outlive `loop`.
  StderrSink(ring::Loop& loop, int fd, LineForm form, const ring::LineWriter::Options& queue = {})
      : writer_(loop, fd, queue), form_(form) {}

  void Write(const LogRecord& record) override;
  std::uint64_t lost() const override { return writer_.lost(); }
  absl::Status Flush(std::int64_t until_ns) override { return writer_.Flush(until_ns); }

 private:
  ring::LineWriter writer_;
  const LineForm form_;
  // Read once: later its file may be out of reach.
  const absl::TimeZone zone_ = absl::LocalTimeZone();
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_STDERR_SINK_H_
