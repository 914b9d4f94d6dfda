// Arrays that only a checker of multipathd's own understands: which port owns a logical unit is
// said there in vendor-specific pages, not by target port groups.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_ARRAY_CHECKERS_H_
#define PATHWATCH_SERVICE_CLI_ARRAY_CHECKERS_H_

#include <string>
#include <string_view>

namespace pathwatch::cli {

// multipathd's checker for devices with that handler of the kernel (dh_state); "" if pathwatch
// needs none beside it.
std::string CheckerForHandler(std::string_view handler);

// The same by vendor and product of the INQUIRY data: some firmware has target port groups too, and
// then the kernel attaches its ALUA handler, but multipathd keeps its own checker all the same.
std::string CheckerForArray(std::string_view vendor, std::string_view product);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_ARRAY_CHECKERS_H_
