// What happens, as lines on stderr: with the time, or as the journal wants them if it reads there.
//
// Thread rule: any thread; each line is one write, which waits if its reader is slow.
#ifndef PATHWATCH_SERVICE_EXPORTER_LOG_H_
#define PATHWATCH_SERVICE_EXPORTER_LOG_H_

#include <string_view>

#include "absl/time/time.h"

namespace pathwatch::exporter {

class Log {
 public:
  // `fd` is not owned. `journal_stream`: as IsJournalStream() takes it.
  Log(int fd, const char* journal_stream);

  // One sentence without a line break.
  void Info(std::string_view text) const { Write(6, "info", text); }
  void Warn(std::string_view text) const { Write(4, "warning", text); }

 private:
  void Write(int syslog_priority, std::string_view level, std::string_view text) const;

  const int fd_;
  const bool to_journal_;
  const absl::TimeZone zone_ = absl::LocalTimeZone();
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_LOG_H_
