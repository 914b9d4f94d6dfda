#include "service/present/escape.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_format.h"

namespace pathwatch::present {
namespace {

struct Character {
  std::uint32_t code_point = 0;
  std::size_t length = 0;  // in bytes; 0: no valid sequence starts here
};

// The number of bytes that a sequence with this first byte has, 0 if none has it (RFC 3629).
std::size_t SequenceLength(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

// REQUIRES: text is not empty.
Character FirstCharacter(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = SequenceLength(first);
  if (length == 0 || length > text.size()) return {};
  if (length == 1) return {first, 1};
  std::uint32_t code_point = first & (0x7fU >> length);
  for (const char c : text.substr(1, length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) != 0x80U) return {};
    code_point = code_point << 6 | (byte & 0x3fU);
  }
  // RFC 3629: no longer forms than needed, no surrogates, nothing above U+10FFFF.
  const bool too_long =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
  if (too_long || surrogate || code_point > 0x10ffff) return {};
  return {code_point, length};
}

bool SteersTerminal(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) ||  // C0, DEL, C1
         c == 0x061c || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

template <class Harmless>
std::string Escape(std::string_view text, Harmless harmless) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    const std::size_t length = character.length == 0 ? 1 : character.length;
    const std::string_view bytes = text.substr(0, length);
    if (character.length != 0 && harmless(character.code_point)) {
      escaped += bytes;
    } else {
      for (const char byte : bytes) {
        absl::StrAppendFormat(&escaped, "\\x%02x", static_cast<unsigned char>(byte));
      }
    }
    text.remove_prefix(length);
  }
  return escaped;
}

}  // namespace

std::string EscapeInvalidUtf8(std::string_view text) {
  return Escape(text, [](std::uint32_t) { return true; });
}

std::string EscapeForTerminal(std::string_view text) {
  return Escape(text, [](std::uint32_t c) { return !SteersTerminal(c); });
}

}  // namespace pathwatch::present
