#include "lib/query/json_text.h"

#include <algorithm>
#include <cstddef>

namespace pathwatch::query {
namespace {

constexpr char kHex[] = "0123456789abcdef";

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the UTF-8 character that the text begins with; 0: it begins with none.
std::size_t CharacterBytes(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  std::size_t bytes = 0;
  unsigned second_min = 0x80;
  unsigned second_max = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    bytes = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    bytes = 3;
    if (first == 0xE0) second_min = 0xA0;
    if (first == 0xED) second_max = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    bytes = 4;
    if (first == 0xF0) second_min = 0x90;
    if (first == 0xF4) second_max = 0x8F;
  }
  if (bytes == 0 || text.size() < bytes || at(1) < second_min || at(1) > second_max) return 0;
  for (std::size_t i = 2; i < bytes; ++i) {
    if (!IsContinuation(text[i])) return 0;
  }
  return bytes;
}

// Most texts are nothing else.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void AppendHex(char byte, std::string& json) {
  json += kHex[static_cast<unsigned char>(byte) >> 4];
  json += kHex[static_cast<unsigned char>(byte) & 0xF];
}

void AppendAscii(char c, std::string& json) {
  if (c == '"' || c == '\\') {
    json += '\\';
    json += c;
  } else if (static_cast<unsigned char>(c) < 0x20) {
    json += "\\u00";
    AppendHex(c, json);
  } else {
    json += c;
  }
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = CharacterBytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

void AppendJsonString(std::string_view text, std::string& json) {
  json += '"';
  for (;;) {
    const auto plain_end = std::find_if_not(text.begin(), text.end(), IsPlain);
    const auto plain = static_cast<std::size_t>(plain_end - text.begin());
    json += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t bytes = CharacterBytes(text);
    switch (bytes) {
      case 0:
        json += "\\\\x";
        AppendHex(text.front(), json);
        break;
      case 1:
        AppendAscii(text.front(), json);
        break;
      default:
        json += text.substr(0, bytes);
    }
    text.remove_prefix(bytes > 0 ? bytes : 1);
  }
  json += '"';
}

}  // namespace pathwatch::query
