// What `doctor` says of multipathd beside pathwatch.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_MULTIPATH_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_MULTIPATH_H_

#include <cstdint>
#include <optional>

#include "service/cli/checker_plugin.h"
#include "service/cli/finding.h"
#include "service/cli/multipath_conf.h"

namespace pathwatch::cli {

struct MultipathFacts {
  std::optional<std::uint32_t> pid;  // of multipathd
  MultipathConf conf;
  PluginPlaces plugin;
};

// Findings "multipathd", "multipath.conf" and "plugin".
Findings JudgeMultipath(const MultipathFacts& facts);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_MULTIPATH_H_
