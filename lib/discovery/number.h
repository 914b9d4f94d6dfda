// Decimal numbers as sysfs writes them.
#ifndef PATHWATCH_LIB_DISCOVERY_NUMBER_H_
#define PATHWATCH_LIB_DISCOVERY_NUMBER_H_

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace pathwatch::discovery {

// On success the number; on failure (anything but digits, a leading zero, too large) nothing.
template <std::unsigned_integral Number>
std::optional<Number> ParseNumber(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_NUMBER_H_
