#include "service/daemon/log/journal_sink.h"

#include "absl/strings/str_cat.h"
#include "service/daemon/log/journal_entry.h"

namespace pathwatch::service {

void JournalSink::Write(const LogRecord& record) {
  TellLost();
  writer_.Write(JournalEntry(record));
}

absl::Status JournalSink::Flush(std::int64_t until_ns) {
  absl::Status written = writer_.Flush(until_ns);
  if (!written.ok()) return written;
  TellLost();
  return writer_.Flush(until_ns);
}

void JournalSink::TellLost() {
  const std::uint64_t lost = writer_.lost() - lost_told_;
  if (lost == 0) return;
  const std::string text =
      absl::StrCat(lost, lost == 1 ? " log line was lost" : " log lines were lost");
  const std::string entry =
      JournalEntry({.level = LogLevel::kWarn, .fields = LogFields{}, .text = text});
  if (!writer_.Fits(entry.size())) return;
  lost_told_ += lost;
  writer_.Write(entry);
}

}  // namespace pathwatch::service
