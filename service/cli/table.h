// Rows of cells as text with aligned columns.
//
// Thread rule: plain value.
#ifndef PATHWATCH_SERVICE_CLI_TABLE_H_
#define PATHWATCH_SERVICE_CLI_TABLE_H_

#include <string>
#include <utility>
#include <vector>

namespace pathwatch::cli {

class Table {
 public:
  explicit Table(std::vector<std::string> headings) : rows_{std::move(headings)} {}

  // An empty cell is shown as "-", and what could steer the terminal is escaped.
  // REQUIRES: as many cells as headings.
  void AddRow(std::vector<std::string> cells);

  // Every line ends with a newline; two blanks separate columns; nothing follows the last cell.
  std::string Text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_TABLE_H_
