#include "lib/query/json_text.h"

#include <algorithm>
#include <cstddef>

#include "lib/text/utf8.h"

namespace pathwatch::query {
namespace {

// Most texts are nothing else.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void AppendAscii(char c, std::string& json) {
  if (c == '"' || c == '\\') {
    json += '\\';
    json += c;
  } else if (static_cast<unsigned char>(c) < 0x20) {
    json += "\\u00";
    json += text::HexOf(c);
  } else {
    json += c;
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& json) {
  json += '"';
  for (;;) {
    const auto plain_end = std::find_if_not(text.begin(), text.end(), IsPlain);
    const auto plain = static_cast<std::size_t>(plain_end - text.begin());
    json += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t bytes = text::FirstCharacter(text).bytes;
    switch (bytes) {
      case 0:
        json += "\\\\x";
        json += text::HexOf(text.front());
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
