// Logical units, as rows for people.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_LUN_TEXT_H_
#define PATHWATCH_SERVICE_CLI_LUN_TEXT_H_

#include <string>
#include <vector>

#include "service/cli/state_view.h"
#include "service/present/lun_json.h"

namespace pathwatch::cli {

// The logical units in use, in the order of their WWIDs. REQUIRES: the view has the logical units,
// their port groups, and the details of paths with PW_PATH_OTHER_MAP.
std::vector<present::LunFacts> LunsOf(const StateView& view);

// A table with a row for each logical unit; ends with a newline.
std::string LunTable(const std::vector<present::LunFacts>& luns);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LUN_TEXT_H_
