// Strings from arrays and from the command line, made harmless for a terminal: they may hold any
// byte.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_ESCAPE_H_
#define PATHWATCH_SERVICE_PRESENT_ESCAPE_H_

#include <string>
#include <string_view>

namespace pathwatch::present {

// Each byte that belongs to no valid UTF-8 sequence becomes \xNN, and so do the characters that
// would steer a terminal or hide text, byte by byte: C0, DEL and C1 controls, line separators,
// zero-width characters and changes of direction. Everything else stays.
std::string EscapeForTerminal(std::string_view text);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_ESCAPE_H_
