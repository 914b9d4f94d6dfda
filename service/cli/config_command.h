// `pathwatch config`: what pathwatchd is told by its files, what is wrong with them, and what could
// be told.
#ifndef PATHWATCH_SERVICE_CLI_CONFIG_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_CONFIG_COMMAND_H_

#include <string>
#include <vector>

#include "lib/config/source_files.h"
#include "service/cli/context.h"

namespace pathwatch::cli {

// Which files.
struct ConfigFiles {
  std::string main = std::string(config::kDefaultFile);
  bool must_exist = false;  // the user has named the main file
};

struct ConfigShowOptions {
  std::vector<std::string> names;  // "check.interval" or "interval"; empty: all
  // The effective values for devices of this array, or behind this transport. Empty: what is said
  // for all devices, and then what is said for particular ones.
  std::string array;      // "VENDOR/PRODUCT"
  std::string transport;  // "fc", "iscsi", "sas" or "other"
  bool json = false;
};

// The commented file with every option at its default. Returns an exit code, as the others.
int RunConfigDefaults(const Context& context);

// Prints every problem, or that there is none.
int RunConfigCheck(const Context& context, const ConfigFiles& files);

// Prints values with where each comes from. Files with problems have no values: then the problems
// are complained about.
// REQUIRES: `transport` is empty or a transport; `array` is empty or contains a "/".
int RunConfigShow(const Context& context, const ConfigFiles& files,
                  const ConfigShowOptions& options);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CONFIG_COMMAND_H_
