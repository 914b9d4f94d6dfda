// A log sink that keeps its lines for a test.
#ifndef PATHWATCH_TESTS_SERVICE_DAEMON_KEPT_LINES_H_
#define PATHWATCH_TESTS_SERVICE_DAEMON_KEPT_LINES_H_

#include <string>
#include <utility>
#include <vector>

#include "service/daemon/log.h"

namespace pathwatch::service {

struct KeptLine {
  LogLevel level = LogLevel::kInfo;
  LogFields fields;
  std::string text;
};

class KeptLines final : public LogSink {
 public:
  void Write(const LogRecord& record) override {
    lines_.push_back({record.level, record.fields, std::string(record.text)});
  }
  std::uint64_t lost() const override { return 0; }
  absl::Status Flush(std::int64_t) override { return absl::OkStatus(); }

  // Those since the last call.
  std::vector<KeptLine> Take() { return std::exchange(lines_, {}); }

 private:
  std::vector<KeptLine> lines_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_TESTS_SERVICE_DAEMON_KEPT_LINES_H_
