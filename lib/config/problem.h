// What is wrong with a configuration, and where.
//
// Thread rule: plain value.
#ifndef PATHWATCH_LIB_CONFIG_PROBLEM_H_
#define PATHWATCH_LIB_CONFIG_PROBLEM_H_

#include <cstdint>
#include <string>

namespace pathwatch::config {

struct Problem {
  std::string file;
  std::uint32_t line = 0;  // from 1; 0: the file as a whole
  std::string what;        // a sentence that names the option, what was found and the remedy

  friend bool operator==(const Problem&, const Problem&) = default;
};

// "/etc/pathwatch/pathwatch.toml:12: check.interval: ...", without the line if it is 0.
std::string TextOf(const Problem& problem);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_PROBLEM_H_
