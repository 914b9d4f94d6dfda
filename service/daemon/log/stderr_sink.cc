#include "service/daemon/log/stderr_sink.h"

#include <string_view>

#include "absl/time/clock.h"
#include "fmt/format.h"

namespace pathwatch::service {

void StderrSink::Write(const LogRecord& record) {
  if (form_ == LineForm::kPrioritized) {
    writer_.Write(fmt::format("<{}>{}", SyslogPriority(record.level), record.text));
    return;
  }
  const std::string_view level = record.level == LogLevel::kWarn ? "warning" : Name(record.level);
  writer_.Write(fmt::format("{} {} {}",
                            absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", absl::Now(), zone_), level,
                            record.text));
}

}  // namespace pathwatch::service
