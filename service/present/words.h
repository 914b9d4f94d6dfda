// Words that users type.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_WORDS_H_
#define PATHWATCH_SERVICE_PRESENT_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pathwatch::present {

// The pw_state with this name; nothing if there is none.
std::optional<std::uint8_t> ParseState(std::string_view word);

// "unknown, up, ghost, ...": all names of states.
std::string StateWords();

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_WORDS_H_
