// Logical units, as rows for people.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_LUN_TEXT_H_
#define PATHWATCH_SERVICE_CLI_LUN_TEXT_H_

#include <string>
#include <vector>

#include "service/cli/dm_differences.h"
#include "service/cli/state_view.h"
#include "service/present/lun_json.h"

namespace pathwatch::cli {

// A logical unit, and where dm and multipathd do not say the same of its paths.
struct LunRow {
  present::LunFacts facts;
  std::vector<Difference> differences;
};

// The logical units in use, in the order of their WWIDs. REQUIRES: the view has the logical units,
// their port groups, and the details of paths with PW_PATH_OTHER_MAP.
std::vector<present::LunFacts> LunsOf(const StateView& view);

// A table with a row for each logical unit; ends with a newline.
std::string LunTable(const std::vector<LunRow>& rows);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LUN_TEXT_H_
