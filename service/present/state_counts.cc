#include "service/present/state_counts.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"

namespace pathwatch::present {

StateCounts CountsOf(std::uint32_t total, const std::uint32_t (&by_state)[PW_STATES]) {
  StateCounts counts;
  counts.total = total;
  std::copy(std::begin(by_state), std::end(by_state), counts.by_state.begin());
  return counts;
}

void Count(std::uint8_t state, StateCounts& counts) {
  counts.by_state[state < PW_STATES ? state : std::uint8_t{PW_STATE_UNKNOWN}]++;
  if (state != PW_STATE_REMOVED) counts.total++;
}

std::string CountsText(const StateCounts& counts, std::string_view separator) {
  std::string text;
  // Removed is the last state.
  for (std::uint32_t state = 0; state < PW_STATE_REMOVED; state++) {
    if (counts.by_state[state] == 0) continue;
    if (!text.empty()) text += separator;
    absl::StrAppendFormat(&text, "%d %s", counts.by_state[state], pw_state_name(state));
  }
  return text.empty() ? "none" : text;
}

void WriteCounts(std::string_view name, const StateCounts& counts, Json& json) {
  json.BeginObject(name);
  json.Number("total", counts.total);
  for (std::uint32_t state = 0; state < PW_STATES; state++) {
    json.Number(pw_state_name(state), counts.by_state[state]);
  }
  json.EndObject();
}

}  // namespace pathwatch::present
