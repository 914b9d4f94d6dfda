#include "lib/text/utf8.h"

namespace pathwatch::text {
namespace {

// The number of bytes that a character with this first byte has, 0 if none has it (RFC 3629).
std::size_t BytesAfter(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

}  // namespace

Character FirstCharacter(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = BytesAfter(first);
  if (bytes == 0 || bytes > text.size()) return {};
  if (bytes == 1) return {first, 1};
  std::uint32_t code_point = first & (0x7fU >> bytes);
  for (const char c : text.substr(1, bytes - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) != 0x80U) return {};
    code_point = code_point << 6 | (byte & 0x3fU);
  }
  const bool too_long = (bytes == 3 && code_point < 0x800) || (bytes == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
  if (too_long || surrogate || code_point > 0x10ffff) return {};
  return {code_point, bytes};
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = FirstCharacter(text).bytes;
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string HexOf(char byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  return {kDigits[value >> 4], kDigits[value & 0xf]};
}

std::string Escape(std::string_view text, bool (*stays)(std::uint32_t code_point)) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    const std::string_view bytes = text.substr(0, character.bytes == 0 ? 1 : character.bytes);
    if (character.bytes != 0 && stays(character.code_point)) {
      escaped += bytes;
    } else {
      for (const char byte : bytes) escaped += "\\x" + HexOf(byte);
    }
    text.remove_prefix(bytes.size());
  }
  return escaped;
}

std::string EscapeInvalidUtf8(std::string_view text) {
  return Escape(text, [](std::uint32_t) { return true; });
}

}  // namespace pathwatch::text
