// The daemon's log: what is written, how often, and whether it goes to stderr or, with fields, to
// the journal. The caller never waits: a bounded queue is emptied by the ring.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "fmt/format.h"
#include "lib/ring/loop.h"
#include "service/daemon/log/line_limit.h"
#include "service/daemon/log/options.h"
#include "service/daemon/log/rate_limit.h"
#include "service/daemon/log/record.h"

namespace pathwatch::service {

class Log final {
 public:
  // Chooses the sink. If options.target is kAuto and the journal's socket can't be reached, it is
  // stderr; if the target is kJournal, lines are kept for it and stderr is told. `stderr_fd` is not
  // owned. The log must outlive `loop`.
  static std::unique_ptr<Log> Open(ring::Loop& loop, const LogOptions& options, int stderr_fd);

  // Into this sink. The sink's own rules about `loop` hold for the log.
  Log(ring::Loop& loop, const LogOptions& options, std::unique_ptr<LogSink> sink);

  // These take effect at once.
  void SetLevel(LogLevel level) { level_ = level; }
  void SetLineLimit(std::uint32_t repeats, std::int64_t period_ns);
  void SetChangesMax(std::uint32_t per_second) { changes_.Set(per_second); }

  // False if lines of this level are not written.
  bool Enabled(LogLevel level) const { return level >= level_; }

  // A line about no path in particular.
  template <class... Args>
  void Info(fmt::format_string<Args...> format, Args&&... args) {
    Write(LogLevel::kInfo, {}, format, std::forward<Args>(args)...);
  }
  template <class... Args>
  void Warn(fmt::format_string<Args...> format, Args&&... args) {
    Write(LogLevel::kWarn, {}, format, std::forward<Args>(args)...);
  }
  template <class... Args>
  void Error(fmt::format_string<Args...> format, Args&&... args) {
    Write(LogLevel::kError, {}, format, std::forward<Args>(args)...);
  }

  // A line about what the fields name. Of those about one path with one cause only so many are
  // written per period; how many were held back is said with the next one, or by Sweep().
  template <class... Args>
  void Write(LogLevel level, const LogFields& fields, fmt::format_string<Args...> format,
             Args&&... args) {
    if (!Enabled(level)) return;
    const LineLimit::Verdict verdict = lines_.Ask(level, fields, loop_.now_ns());
    if (!verdict.allowed) return;
    Put(level, fields, fmt::format(format, std::forward<Args>(args)...), verdict.held_back);
  }

  // Changes of states have a limit per second besides, since thousands of paths may change at
  // once. False if a change is not to be written, which is counted and said by Sweep(); otherwise
  // WriteChange() may follow.
  bool WantsChange(LogLevel level);
  template <class... Args>
  void WriteChange(LogLevel level, const LogFields& fields, fmt::format_string<Args...> format,
                   Args&&... args) {
    const LineLimit::Verdict verdict = lines_.Ask(level, fields, loop_.now_ns());
    if (!verdict.allowed || !changes_.Allow(loop_.now_ns())) return;
    Put(level, fields, fmt::format(format, std::forward<Args>(args)...), verdict.held_back);
  }

  // Tells of lines that were held back and that no other line has told of. To be called now and
  // then.
  void Sweep();

  // Lines that were lost on their way since the start: queues were full, or the readers gone.
  std::uint64_t lost() const;

  // For the end of the program: turns the loop until everything is written. On failure, the status
  // says what was not. REQUIRES: not called from a callback.
  absl::Status Flush(std::int64_t until_ns);

 private:
  void Put(LogLevel level, const LogFields& fields, std::string text, std::uint64_t held_back);
  void PutHeldBack(const LineLimit::HeldBack& held);

  ring::Loop& loop_;
  LogLevel level_;
  std::int64_t period_ns_;
  LineLimit lines_;
  RateLimit changes_;
  std::unique_ptr<LogSink> sink_;
  std::unique_ptr<LogSink> notices_;  // only if the journal could not be reached at the start
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_H_
