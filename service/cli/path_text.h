// Paths, as rows for people.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_PATH_TEXT_H_
#define PATHWATCH_SERVICE_CLI_PATH_TEXT_H_

#include <string>
#include <vector>

#include "service/cli/state_view.h"
#include "service/present/time_text.h"

namespace pathwatch::cli {

// "unconfirmed,marginal(flapping)": without blanks, so that a column stays one word; "" if none.
std::string Marks(const pw_path_record& path);

// A table with a row for each path; ends with a newline.
std::string PathTable(const StateView& view, const std::vector<const pw_path_record*>& paths,
                      const present::Clocks& clocks);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATH_TEXT_H_
