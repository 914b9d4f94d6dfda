#include "lib/config/text_check.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace pathwatch::config {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

unsigned char ByteAt(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool IsBetween(unsigned char byte, unsigned least, unsigned most) {
  return byte >= least && byte <= most;
}

// The bytes of the character that begins at `at`, 0 if none does (the table of RFC 3629).
std::size_t CharacterLength(std::string_view text, std::size_t at) {
  const unsigned char first = ByteAt(text, at);
  const unsigned char second = ByteAt(text, at + 1);
  const auto goes_on = [&](std::size_t offset) {
    return IsBetween(ByteAt(text, at + offset), 0x80, 0xbf);
  };
  if (first < 0x80) return 1;
  if (IsBetween(first, 0xc2, 0xdf)) return goes_on(1) ? 2 : 0;
  if (IsBetween(first, 0xe0, 0xef)) {
    // No form that is longer than needed, and no half of a UTF-16 pair.
    const bool valid = IsBetween(second, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
    return valid && goes_on(2) ? 3 : 0;
  }
  if (IsBetween(first, 0xf0, 0xf4)) {
    const bool valid = IsBetween(second, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
    return valid && goes_on(2) && goes_on(3) ? 4 : 0;
  }
  return 0;
}

std::size_t FindWhatIsNoText(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '\0' ? 0 : CharacterLength(text, at);
    if (length == 0) return at;
    at += length;
  }
  return kNone;
}

// The end of the string whose opening quotes are `quote`, at `at`; npos if it isn't closed.
std::size_t EndOfString(std::string_view text, std::size_t at, std::string_view quote) {
  const bool escapes = quote.front() == '"';
  const bool one_line = quote.size() == 1;
  const auto mark = static_cast<unsigned char>(quote.front());
  for (at += quote.size(); at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (one_line && text[at] == '\n') {
      return kNone;
    } else if (text.substr(at).starts_with(quote)) {
      // """one quote or two may stand before the closing ones"""""
      at += quote.size();
      for (int more = 0; !one_line && more < 2 && ByteAt(text, at) == mark; ++more) ++at;
      return at;
    }
  }
  return kNone;
}

// Where the string that begins at `at` ends, `at` itself if none begins there.
std::size_t SkipString(std::string_view text, std::size_t at) {
  for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
    if (text.substr(at).starts_with(quote)) return EndOfString(text, at, quote);
  }
  return at;
}

// Keys are counted by their dots, outside strings and comments. Once something isn't TOML, what
// follows does not matter: the library never comes that far.
std::size_t FindDeepKey(std::string_view text) {
  std::size_t parts = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = SkipString(text, at);
    if (end == kNone) return kNone;
    if (end != at) {
      at = end;
      continue;
    }
    switch (text[at]) {
      case '#':
        at = std::min(text.find('\n', at), text.size());
        continue;
      case '.':
        if (++parts > kKeyPartsMax) return at;
        break;
      case '\n':
      case '=':
      case ',':
      case '{':
      case '[':
        parts = 1;
        break;
      default:
        break;
    }
    ++at;
  }
  return kNone;
}

Problem ProblemAt(const SourceFile& file, std::size_t at, const std::string& what) {
  const std::string_view before = std::string_view(file.text).substr(0, at);
  const auto line = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {file.name, line, absl::StrCat("byte ", at - line_start + 1, " of the line ", what)};
}

}  // namespace

std::optional<Problem> CheckText(const SourceFile& file) {
  const std::size_t no_text = FindWhatIsNoText(file.text);
  if (no_text != kNone && file.text[no_text] == '\0') {
    return ProblemAt(file, no_text, "is 0: this is no text file, write it again");
  }
  if (no_text != kNone) {
    return ProblemAt(file, no_text,
                     absl::StrFormat("(0x%02x) is not UTF-8: save the file in that encoding",
                                     static_cast<unsigned char>(file.text[no_text])));
  }
  const std::size_t deep = FindDeepKey(file.text);
  if (deep != kNone) {
    return ProblemAt(file, deep,
                     absl::StrCat("is in a name of more than ", kKeyPartsMax,
                                  " parts: options are written TABLE.OPTION"));
  }
  return std::nullopt;
}

}  // namespace pathwatch::config
