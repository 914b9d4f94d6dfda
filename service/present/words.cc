#include "service/present/words.h"

#include "lib/checker/state_names.h"
#include "proto/state_table.h"

namespace pathwatch::present {

std::optional<std::uint8_t> ParseState(std::string_view word) {
  for (std::uint8_t state = 0; state < PW_STATES; state++) {
    if (word == pw_state_name(state)) return state;
  }
  return std::nullopt;
}

std::string StateWords() {
  std::string words;
  for (std::uint32_t state = 0; state < PW_STATES; state++) {
    if (state != 0) words += ", ";
    words += pw_state_name(state);
  }
  return words;
}

}  // namespace pathwatch::present
