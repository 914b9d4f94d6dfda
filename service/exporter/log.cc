#include "service/exporter/log.h"

#include <unistd.h>

#include <string>

#include "absl/time/clock.h"
#include "fmt/format.h"
#include "service/daemon/log/journal_stream.h"

namespace pathwatch::exporter {

Log::Log(int fd, const char* journal_stream)
    : fd_(fd), to_journal_(service::IsJournalStream(journal_stream, fd)) {}

void Log::Write(int syslog_priority, std::string_view level, std::string_view text) const {
  const std::string line =
      to_journal_ ? fmt::format("<{}>{}\n", syslog_priority, text)
                  : fmt::format("{} {} {}\n",
                                absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", absl::Now(), zone_),
                                level, text);
  // A reader that has gone is no reason to end, and there is nowhere to say it.
  [[maybe_unused]] const ssize_t written = write(fd_, line.data(), line.size());
}

}  // namespace pathwatch::exporter
