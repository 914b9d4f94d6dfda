// One path, as a row for people and as an object for programs.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_PATH_TEXT_H_
#define PATHWATCH_SERVICE_CLI_PATH_TEXT_H_

#include <string>
#include <vector>

#include "service/cli/json.h"
#include "service/cli/state_view.h"
#include "service/cli/time_text.h"

namespace pathwatch::cli {

// "unconfirmed,marginal(flapping)": without blanks, so that a column stays one word; "" if none.
std::string Marks(const pw_path_record& path);

// A table with a row for each path; ends with a newline.
std::string PathTable(const StateView& view, const std::vector<const pw_path_record*>& paths,
                      const Clocks& clocks);

// Writes the object of one path. Its "dm" and reason need the path's detail.
void WritePath(const StateView& view, const pw_path_record& path, const Clocks& clocks, Json& json);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATH_TEXT_H_
