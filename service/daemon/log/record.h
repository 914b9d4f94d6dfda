// A line of the log with what it is about, and where such lines go.
//
// Thread rule: values any thread; sinks loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_RECORD_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_RECORD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "service/daemon/log/cause.h"
#include "service/daemon/log/options.h"

namespace pathwatch::service {

// What a line is about; what it isn't about is empty, and may be left out of an initializer.
struct LogFields {
  std::string path{};    // "3:0:0:1"
  std::string device{};  // "sdc"
  std::string lun{};     // the logical unit, as `pathwatch luns` names it
  std::string nexus{};   // "3:0:0"
  LogCause cause = LogCause::kNone;

  friend bool operator==(const LogFields&, const LogFields&) = default;
};

// Valid during a call only.
struct LogRecord {
  LogLevel level = LogLevel::kInfo;
  const LogFields& fields;
  std::string_view text;
};

class LogSink {
 public:
  virtual ~LogSink() = default;
  // Never waits.
  virtual void Write(const LogRecord& record) = 0;
  // Lines that were lost since the start.
  virtual std::uint64_t lost() const = 0;
  // For the end of the program: turns the loop until everything is written. On failure, the status
  // says what was not. REQUIRES: not called from a callback.
  virtual absl::Status Flush(std::int64_t until_ns) = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_RECORD_H_
