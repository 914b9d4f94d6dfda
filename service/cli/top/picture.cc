#include "service/cli/top/picture.h"

#include <algorithm>

namespace pathwatch::top {
namespace {

bool IsPrintable(char c) { return c >= ' ' && c <= '~'; }

// How wide each column is; 0: it is left out.
std::vector<std::size_t> Widths(const std::vector<Column>& columns,
                                const std::vector<std::vector<std::string>>& cells) {
  std::vector<std::size_t> widths(columns.size(), 0);
  for (const auto& row : cells) {
    for (std::size_t i = 0; i < row.size(); i++) {
      widths[i] = std::max(widths[i], std::min(row[i].size(), columns[i].most));
    }
  }
  for (std::size_t i = 0; i < columns.size(); i++) {
    const std::size_t heading = std::string_view(columns[i].heading).size();
    if (widths[i] != 0 || cells.empty()) widths[i] = std::max(widths[i], heading);
  }
  return widths;
}

std::string Row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                std::size_t width) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); i++) {
    if (widths[i] == 0) continue;
    if (!line.empty()) line += ' ';
    const bool last = i + 1 == cells.size();
    const std::size_t left = line.size() < width ? width - line.size() : 0;
    const std::string cell = Cut(cells[i], last ? left : std::min(widths[i], left));
    line += cell;
    if (!last && cell.size() < widths[i]) line.append(widths[i] - cell.size(), ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return Cut(std::move(line), width);
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string printable(text);
  std::replace_if(
      printable.begin(), printable.end(), [](char c) { return !IsPrintable(c); }, '?');
  return printable;
}

std::string Cut(std::string text, std::size_t width) {
  if (text.size() <= width) return text;
  text.resize(width);
  if (width > 0) text.back() = '>';
  return text;
}

std::vector<std::string> Arrange(const std::vector<Column>& columns,
                                 const std::vector<std::vector<std::string>>& rows,
                                 std::size_t width) {
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : rows) {
    cells.emplace_back();
    for (const std::string& cell : row) cells.back().push_back(Printable(cell));
  }
  const std::vector<std::size_t> widths = Widths(columns, cells);
  std::vector<std::string> headings;
  headings.reserve(columns.size());
  for (const Column& column : columns) headings.emplace_back(column.heading);
  std::vector<std::string> lines = {Row(headings, widths, width)};
  for (const auto& row : cells) lines.push_back(Row(row, widths, width));
  return lines;
}

}  // namespace pathwatch::top
