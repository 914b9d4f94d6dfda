// Strings from arrays and from the command line, made harmless: they may hold any byte.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_ESCAPE_H_
#define PATHWATCH_SERVICE_PRESENT_ESCAPE_H_

#include <string>
#include <string_view>

namespace pathwatch::present {

// Each byte that belongs to no valid UTF-8 sequence becomes \xNN; everything else stays.
std::string EscapeInvalidUtf8(std::string_view text);

// In addition, the characters that would steer a terminal or hide text become \xNN, byte by byte:
// C0, DEL and C1 controls, line separators, zero-width characters and changes of direction.
std::string EscapeForTerminal(std::string_view text);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_ESCAPE_H_
