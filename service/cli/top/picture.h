// What is on the screen, apart from any terminal.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_PICTURE_H_
#define PATHWATCH_SERVICE_CLI_TOP_PICTURE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::top {

// What a line says, which a terminal shows by colours and brightness, if it has them.
enum class Style { kPlain, kTitle, kHeading, kGood, kDoubtful, kBad, kAlarm };

struct Line {
  std::string text;
  Style style = Style::kPlain;
};

// Printable ASCII, one column for each character, whatever bytes the names have: terminals differ
// in how wide the others are.
std::string Printable(std::string_view text);

// At most `width` columns; ">" ends what was cut. REQUIRES: printable.
std::string Cut(std::string text, std::size_t width);

struct Column {
  const char* heading;
  std::size_t most;  // columns of the screen that it may take
};

// The heading and a line for each row, in `width` columns. A column without any text is left out;
// the last one gets what the others leave. REQUIRES: as many cells in each row as columns.
std::vector<std::string> Arrange(const std::vector<Column>& columns,
                                 const std::vector<std::vector<std::string>>& rows,
                                 std::size_t width);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_PICTURE_H_
