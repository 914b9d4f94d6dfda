// The value of an option.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_VALUE_H_
#define PATHWATCH_LIB_CONFIG_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/config/option.h"

namespace pathwatch::config {

// Durations (nanoseconds), counts and modes are numbers, path rules are a list.
using Value = std::variant<std::int64_t, std::string, std::vector<std::string>>;

// From a text, as it stands on a command line or between the quotes of a file: "5s", "8", "0660".
// On failure a sentence without the option's name: what was found (cut, and made printable) and
// what is expected.
// REQUIRES: not a list.
absl::StatusOr<Value> ValueFromText(const Option& option, std::string_view text);

// The other types that a file can have: a bare number (only a count is one; a duration without a
// unit is refused with the remedy), and a list.
absl::StatusOr<Value> ValueFromNumber(const Option& option, std::int64_t number);
absl::StatusOr<Value> ValueFromList(const Option& option, std::vector<std::string> list);

// As a file would have it: "5s" in quotes, 8, ["wwid=3600*"].
std::string TextOf(const Option& option, const Value& value);

// The option's own default.
const Value& DefaultOf(OptionId id);

// What a value of this option may be, for messages and documents: "a duration between 100ms and
// 1h, as \"5s\"".
std::string Expected(const Option& option);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_VALUE_H_
