// The TOML library's errors in our words.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_TOML_PROBLEM_H_
#define PATHWATCH_LIB_CONFIG_TOML_PROBLEM_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace pathwatch::config {

// A sentence with the remedy where one is likely. `description` is the library's: "Error while
// parsing PART: SENTENCE". `column` is counted in characters, from 1.
std::string TomlProblem(std::string_view description, std::uint32_t column);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_TOML_PROBLEM_H_
