// multipathd's path checker plugin that answers from the published state: libcheckpathwatch.so.
//
// Thread rule: FindPlugin lists directories; the rest is pure. Any thread.
#ifndef PATHWATCH_SERVICE_CLI_CHECKER_PLUGIN_H_
#define PATHWATCH_SERVICE_CLI_CHECKER_PLUGIN_H_

#include <string>
#include <vector>

#include "service/cli/finding.h"
#include "service/cli/multipath_conf.h"

namespace pathwatch::cli {

inline constexpr const char* kPluginFile = "libcheckpathwatch.so";
// What path_checker calls it.
inline constexpr const char* kPluginChecker = "pathwatch";

// multipathd looks for checkers in one directory, which was chosen when it was built.
struct PluginPlaces {
  std::vector<std::string> directories;  // that hold multipathd's own checkers
  std::vector<std::string> holding;      // that hold the plugin
};

// Looks into the directories that distributions have chosen, below `root_dir` ("": the host's own).
// Names are without it; one directory under two names is listed once.
PluginPlaces FindPlugin(const std::string& root_dir);

// Whether multipathd can load it, as far as that can be known.
bool IsInstalled(const PluginPlaces& places);

// Whether a section takes it as path_checker.
bool NamesPlugin(const MultipathConf& conf);

// The finding "plugin"; empty if the configuration does not name it.
Findings JudgePlugin(const MultipathConf& conf, const PluginPlaces& places);

// Where it is missing, and what to do: a sentence each. REQUIRES: !IsInstalled(places).
std::string WhereItIsMissing(const PluginPlaces& places);
std::string HowToInstall(const PluginPlaces& places);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CHECKER_PLUGIN_H_
