// Which paths are shown, and in which order.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_PATH_ORDER_H_
#define PATHWATCH_SERVICE_CLI_TOP_PATH_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/cli/top/controls.h"
#include "service/cli/top/snapshot.h"

namespace pathwatch::top {

struct PathWindow {
  std::vector<std::uint32_t> slots;  // numbers of the paths to show
  std::size_t first = 0;             // which of all that fit the first one is
  std::size_t fitting = 0;           // how many paths fit the filter
};

// At most `rows` paths from controls.first on, or the last ones. Only they get sorted: there may be
// 100,000 others.
PathWindow ChoosePaths(const Snapshot& snapshot, const Controls& controls, std::size_t rows,
                       std::int64_t boot_now_ns);

// Whether `text` contains `part`, in whatever case. An empty part is in every text.
// REQUIRES: `part` is in lower case.
bool Contains(std::string_view text, std::string_view part);

std::string LowerCase(std::string_view text);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_PATH_ORDER_H_
