// Numbers of paths by state, as text and as JSON.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_STATE_COUNTS_H_
#define PATHWATCH_SERVICE_PRESENT_STATE_COUNTS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "proto/state_table.h"
#include "service/present/json.h"

namespace pathwatch::present {

struct StateCounts {
  std::uint64_t total = 0;  // without removed ones
  std::array<std::uint64_t, PW_STATES> by_state{};
};
// Of the record of a logical unit, a nexus or a host.
StateCounts CountsOf(std::uint32_t total, const std::uint32_t (&by_state)[PW_STATES]);

// Counts one more path. A number of a newer minor counts as `unknown`.
void Count(std::uint8_t state, StateCounts& counts);

// "2 up, 2 ghost": what is counted in the total, without zeros; "none" if nothing is.
std::string CountsText(const StateCounts& counts, std::string_view separator);

// "<name>": {"total":4,"unknown":0,"up":2,...}, with every state.
void WriteCounts(std::string_view name, const StateCounts& counts, Json& json);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_STATE_COUNTS_H_
