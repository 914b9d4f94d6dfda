#include "service/daemon/log.h"

#include <mutex>
#include <string_view>
#include <utility>

#include "spdlog/details/null_mutex.h"
#include "spdlog/pattern_formatter.h"
#include "spdlog/sinks/base_sink.h"

namespace pathwatch::service {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

class RingSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  RingSink(ring::LineWriter& writer, bool journal_prefix)
      : writer_(writer), journal_prefix_(journal_prefix) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    if (journal_prefix_) {
      const std::string_view prefix = Priority(message.level);
      line.append(prefix.data(), prefix.data() + prefix.size());
      line.append(message.payload.data(), message.payload.data() + message.payload.size());
    } else {
      formatter_->format(message, line);
    }
    writer_.Write({line.data(), line.size()});
  }
  void flush_() override {}

 private:
  // syslog(3) priorities.
  static std::string_view Priority(spdlog::level::level_enum level) {
    switch (level) {
      case spdlog::level::critical:
        return "<2>";
      case spdlog::level::err:
        return "<3>";
      case spdlog::level::warn:
        return "<4>";
      case spdlog::level::info:
        return "<6>";
      default:
        return "<7>";
    }
  }

  ring::LineWriter& writer_;
  const bool journal_prefix_;
};

}  // namespace

std::shared_ptr<spdlog::logger> MakeLogger(ring::LineWriter& writer, bool journal_prefix) {
  auto logger = std::make_shared<spdlog::logger>(
      "pathwatchd", std::make_shared<RingSink>(writer, journal_prefix));
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  return logger;
}

bool RateLimit::Allow(std::int64_t now_ns) {
  if (now_ns / kSecondNs != second_) {
    second_ = now_ns / kSecondNs;
    used_ = 0;
  }
  if (used_ < per_second_) {
    ++used_;
    return true;
  }
  ++suppressed_;
  return false;
}

std::uint64_t RateLimit::TakeSuppressed(std::int64_t now_ns) {
  if (now_ns / kSecondNs == second_ && used_ >= per_second_) return 0;
  return std::exchange(suppressed_, 0);
}

}  // namespace pathwatch::service
