// What one configuration says otherwise than another.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_DIFFERENCES_H_
#define PATHWATCH_LIB_CONFIG_DIFFERENCES_H_

#include <string>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/option.h"

namespace pathwatch::config {

struct Difference {
  OptionId id;
  // [check] interval: "5s" -> "1s"
  // [array."LIO-ORG/*"] interval: not set -> "1s"
  std::string text;
};

// Values that count for an option's own table (command line, file or default), then what is set
// for transports and arrays. Where it is said, and in how many files, makes no difference, but for
// the order of the arrays.
std::vector<Difference> Differences(const Configuration& before, const Configuration& after);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_DIFFERENCES_H_
