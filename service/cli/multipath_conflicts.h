// What of multipathd's configuration, or of the host, keeps the checker plugin from its work.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_MULTIPATH_CONFLICTS_H_
#define PATHWATCH_SERVICE_CLI_MULTIPATH_CONFLICTS_H_

#include "service/cli/array_survey.h"
#include "service/cli/checker_plugin.h"
#include "service/cli/finding.h"
#include "service/cli/multipath_conf.h"

namespace pathwatch::cli {

// Warnings: settings that beat or contradict the plugin's, priorities that cost a command for each
// check, arrays with device handlers that pathwatch does not understand or with none, a plugin that
// is not installed, logical units that were not read yet. Empty if there is nothing.
Findings MultipathConflicts(const MultipathConf& conf, const ArraySurvey& survey,
                            const PluginPlaces& plugin);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_MULTIPATH_CONFLICTS_H_
