// Bytes as the pages of proto/ show them.
#ifndef PATHWATCH_TESTS_PUBLISH_HEX_DUMP_H_
#define PATHWATCH_TESTS_PUBLISH_HEX_DUMP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <span>
#include <string>

namespace pathwatch::publish {

// As `hexdump -C` prints it: lines that repeat the one before are a star.
inline std::string HexDump(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kWidth = 16;
  std::string text;
  bool starred = false;
  for (std::size_t line = 0; line < bytes.size(); line += kWidth) {
    const std::size_t count = std::min(kWidth, bytes.size() - line);
    if (line >= kWidth && count == kWidth &&
        std::memcmp(&bytes[line], &bytes[line - kWidth], kWidth) == 0) {
      if (!starred) text += "*\n";
      starred = true;
      continue;
    }
    starred = false;
    char number[32];
    std::snprintf(number, sizeof number, "%08zx ", line);
    text += number;
    std::string letters;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint8_t byte = bytes[line + i];
      std::snprintf(number, sizeof number, i == 8 ? "  %02x" : " %02x", byte);
      text += number;
      letters += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
    }
    text += std::string(count > 8 ? (kWidth - count) * 3 : (kWidth - count) * 3 + 1, ' ');
    text += "  |" + letters + "|\n";
  }
  char end[16];
  std::snprintf(end, sizeof end, "%08zx\n", bytes.size());
  return text + end;
}

}  // namespace pathwatch::publish

#endif  // PATHWATCH_TESTS_PUBLISH_HEX_DUMP_H_
