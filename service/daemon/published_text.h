// Strings in the fixed fields of published records.
#ifndef PATHWATCH_SERVICE_DAEMON_PUBLISHED_TEXT_H_
#define PATHWATCH_SERVICE_DAEMON_PUBLISHED_TEXT_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>

namespace pathwatch::service {

// Copies what fits; the rest, and at least one byte, is 0.
template <std::size_t Size>
void SetText(const std::string& text, char (&field)[Size]) {
  std::memset(field, 0, Size);
  std::memcpy(field, text.data(), std::min(text.size(), Size - 1));
}

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_PUBLISHED_TEXT_H_
