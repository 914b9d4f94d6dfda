// What multipathd could hold on a host besides the paths that pathwatch judges.
//
// Thread rule: any thread. Reads sysfs and does not wait for devices.
#ifndef PATHWATCH_SERVICE_CLI_OTHER_DISKS_H_
#define PATHWATCH_SERVICE_CLI_OTHER_DISKS_H_

#include <string>
#include <vector>

#include "service/cli/array_survey.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {

// Clauses, one for each kind: NVMe and DASD, disks that pathwatch leaves alone or does not watch,
// logical units that it does not judge. Empty if pathwatch judges everything; what cannot be found
// out is a clause too. REQUIRES: the view has the logical units.
std::vector<std::string> OtherDisks(const StateView& view, const ArraySurvey& survey,
                                    const std::string& sysfs_root);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_OTHER_DISKS_H_
