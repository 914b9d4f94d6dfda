// Logical units, as rows for people and as objects for programs.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_LUN_TEXT_H_
#define PATHWATCH_SERVICE_CLI_LUN_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "proto/state_table.h"
#include "service/cli/json.h"
#include "service/cli/state_view.h"
#include "service/cli/time_text.h"

namespace pathwatch::cli {

// A logical unit with what belongs to it, owned by the view.
struct LunFacts {
  const pw_lun_record* lun = nullptr;
  std::vector<const pw_port_group_record*> port_groups;  // in the order of their numbers
  std::vector<std::string> warnings;                     // sentences without a full stop
};

// The logical units in use, in the order of their WWIDs. REQUIRES: the view has the logical units,
// their port groups, and the details of paths with PW_PATH_OTHER_MAP.
std::vector<LunFacts> LunsOf(const StateView& view);

// A table with a row for each logical unit; ends with a newline.
std::string LunTable(const std::vector<LunFacts>& luns);

// Writes the object of one logical unit.
void WriteLun(const LunFacts& facts, const Clocks& clocks, Json& json);

// "path 3:0:0:1 is held by dm map mpatha, whose WWID Z is none of its identifiers"
// REQUIRES: the path has PW_PATH_OTHER_MAP.
std::string OtherMapWarning(const PathFacts& facts);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LUN_TEXT_H_
