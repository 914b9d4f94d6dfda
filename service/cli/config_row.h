// The values of a configuration, as `pathwatch config show` prints them.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_CONFIG_ROW_H_
#define PATHWATCH_SERVICE_CLI_CONFIG_ROW_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/option.h"

namespace pathwatch::cli {

struct ConfigRow {
  config::OptionId id;
  const config::Setting* setting = nullptr;  // of the configuration
  std::string place;                         // "default", "global", "fc", "array", ...
  std::string array;                         // the "VENDOR/PRODUCT" of the table, if place is that
};
using ConfigRows = std::vector<ConfigRow>;

// The options that are called so ("check.interval", or "interval"), in the order of the table; all
// without names. Adds a sentence to `complaints` for each name that there isn't.
std::vector<config::OptionId> FindOptions(const std::vector<std::string>& names,
                                          std::vector<std::string>& complaints);

// What is said for all devices, then what is said in [fc], [iscsi] and for arrays. The rows live no
// longer than `configuration`, here and below.
ConfigRows RowsForAll(const config::Configuration& configuration,
                      const std::vector<config::OptionId>& wanted);

// What counts for a device. Empty `array`: of an array that nothing particular is said of. Empty
// `transport`: other.
ConfigRows RowsForDevice(const config::Configuration& configuration,
                         const std::vector<config::OptionId>& wanted, std::string_view array,
                         std::string_view transport);

std::string ConfigAsText(const ConfigRows& rows);
std::string ConfigAsJson(const ConfigRows& rows);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CONFIG_ROW_H_
