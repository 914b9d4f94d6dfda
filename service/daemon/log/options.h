// What an operator can tell the log.
//
// Thread rule: plain values, any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_OPTIONS_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/health/time.h"

namespace pathwatch::service {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError };

enum class LogTarget : std::uint8_t {
  kAuto,     // the journal if stderr is connected to it and its socket can be reached, else stderr
  kStderr,   // lines
  kJournal,  // entries with fields (systemd.journal-fields(7))
};

struct LogOptions {
  LogTarget target = LogTarget::kAuto;
  std::string journal_socket = "/run/systemd/journal/socket";
  LogLevel level = LogLevel::kInfo;  // the least one that is written
  // So many lines of one path with one cause are written per period.
  std::uint32_t repeats = 10;
  health::DurationNs period_ns = 600 * health::kSecond;
  // So many changes of states are written per second, of all paths together.
  std::uint32_t changes_max_per_s = 50;
};

// The words that users see and write: "debug", "info", "warn", "error"; "auto", "stderr",
// "journal".
std::string_view Name(LogLevel level);
std::string_view Name(LogTarget target);
std::optional<LogLevel> LogLevelOf(std::string_view name);
std::optional<LogTarget> LogTargetOf(std::string_view name);

// The level's number in syslog(3).
int SyslogPriority(LogLevel level);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_OPTIONS_H_
