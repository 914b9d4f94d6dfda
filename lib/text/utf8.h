// UTF-8 told from other bytes: names that arrays made up, or that clients sent, may hold any byte.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_TEXT_UTF8_H_
#define PATHWATCH_LIB_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pathwatch::text {

struct Character {
  std::uint32_t code_point = 0;
  std::size_t bytes = 0;  // 0: no character starts here
};

// The character that the text begins with. RFC 3629: no longer forms than needed, no surrogates,
// nothing above U+10FFFF. REQUIRES: text is not empty.
Character FirstCharacter(std::string_view text);

bool IsUtf8(std::string_view text);

// The two digits that follow \x.
std::string HexOf(char byte);

// Each byte that belongs to no character becomes \xNN, and so does each byte of a character of
// which `stays` says false. What stays is as it was, so the result is UTF-8.
std::string Escape(std::string_view text, bool (*stays)(std::uint32_t code_point));

// The same; every character stays.
std::string EscapeInvalidUtf8(std::string_view text);

}  // namespace pathwatch::text

#endif  // PATHWATCH_LIB_TEXT_UTF8_H_
