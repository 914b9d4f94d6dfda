#include "service/daemon/log/options.h"

#include <syslog.h>

#include <array>
#include <cstddef>

namespace pathwatch::service {
namespace {

constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 3> kTargets = {"auto", "stderr", "journal"};

template <class Value, std::size_t kCount>
std::optional<Value> ValueOf(const std::array<std::string_view, kCount>& names,
                             std::string_view name) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Value>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view Name(LogLevel level) { return kLevels[static_cast<std::size_t>(level)]; }
std::string_view Name(LogTarget target) { return kTargets[static_cast<std::size_t>(target)]; }

std::optional<LogLevel> LogLevelOf(std::string_view name) {
  return ValueOf<LogLevel>(kLevels, name);
}

std::optional<LogTarget> LogTargetOf(std::string_view name) {
  return ValueOf<LogTarget>(kTargets, name);
}

int SyslogPriority(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return LOG_DEBUG;
    case LogLevel::kInfo:
      return LOG_INFO;
    case LogLevel::kWarn:
      return LOG_WARNING;
    case LogLevel::kError:
      break;
  }
  return LOG_ERR;
}

}  // namespace pathwatch::service
