// Entries of the journal, with fields, over its native socket.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_SINK_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_SINK_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "lib/ring/datagram_writer.h"
#include "service/daemon/log/record.h"

namespace pathwatch::service {

class JournalSink final : public LogSink {
 public:
  // Must outlive `loop`. Entries are kept, within limits, while nothing listens at `socket`.
  JournalSink(ring::Loop& loop, const std::string& socket,
              const ring::DatagramWriter::Options& queue = {})
      : writer_(loop, socket, queue) {}

  // Whether the journal listens; the status names the socket and the system error.
  absl::Status Connect() { return writer_.Connect(); }

  void Write(const LogRecord& record) override;
  std::uint64_t lost() const override { return writer_.lost(); }
  absl::Status Flush(std::int64_t until_ns) override;

 private:
  // An entry that says how many were lost, as soon as there is room for one.
  void TellLost();

  ring::DatagramWriter writer_;
  std::uint64_t lost_told_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_SINK_H_
