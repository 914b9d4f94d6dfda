// What is known and what is chosen, made into a picture.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_SCREEN_H_
#define PATHWATCH_SERVICE_CLI_TOP_SCREEN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/cli/top/controls.h"
#include "service/cli/top/picture.h"
#include "service/cli/top/snapshot.h"
#include "service/present/time_text.h"

namespace pathwatch::top {

// In characters. Smaller ones get a sentence instead of a picture.
struct ScreenSize {
  std::size_t width = 0;
  std::size_t height = 0;
};
inline constexpr ScreenSize kLeastSize = {40, 10};
bool IsLargeEnough(const ScreenSize& size);

struct Screen {
  std::vector<Line> lines;           // no more than the height, none wider than the width
  std::vector<std::uint32_t> slots;  // the numbers of the paths that are shown
  std::size_t page_rows = 0;         // rows of the table that fit
  std::size_t rows = 0;              // rows that there are
  std::size_t first = 0;             // the first row that is shown
};

Screen Draw(const Snapshot& snapshot, const Controls& controls, const ScreenSize& size,
            const present::Clocks& clocks);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_SCREEN_H_
