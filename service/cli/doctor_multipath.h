// What `doctor` says of multipathd beside pathwatch.
//
// Thread rule: FindProcess reads /proc; the rest is pure. Any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_MULTIPATH_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_MULTIPATH_H_

#include <cstdint>
#include <optional>
#include <string>

#include "service/cli/checker_plugin.h"
#include "service/cli/finding.h"
#include "service/cli/multipath_conf.h"

namespace pathwatch::cli {

// The lowest pid of a process of that name (as <proc_root>/PID/comm has it); nothing if there is
// none. Nobody is asked: multipathd's socket could keep us waiting.
std::optional<std::uint32_t> FindProcess(const std::string& proc_root, const std::string& name);

struct MultipathFacts {
  std::optional<std::uint32_t> pid;  // of multipathd
  MultipathConf conf;
  PluginPlaces plugin;
};

// Findings "multipathd", "multipath.conf" and "plugin".
Findings JudgeMultipath(const MultipathFacts& facts);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_MULTIPATH_H_
