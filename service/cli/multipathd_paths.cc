#include "service/cli/multipathd_paths.h"

#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace pathwatch::cli {
namespace {

// "i/o pending" has a blank, so blanks cannot separate.
constexpr const char* kCommand = R"(show paths raw format "%i|%d|%t|%T|%c")";
constexpr std::size_t kFields = 5;
constexpr std::size_t kQuotedMax = 80;

// A wildcard that multipathd does not know may come back as it is.
std::string Value(std::string field) {
  absl::StripAsciiWhitespace(&field);
  return field.starts_with('%') ? "" : field;
}

}  // namespace

std::string MultipathdPathsCommand() { return kCommand; }

absl::StatusOr<MultipathdPaths> ParseMultipathdPaths(std::string_view answer) {
  MultipathdPaths paths;
  const std::vector<std::string> lines =
      absl::StrSplit(std::string(answer), '\n', absl::SkipWhitespace());
  for (const std::string& line : lines) {
    const std::vector<std::string> fields = absl::StrSplit(line, '|');
    if (fields.size() != kFields || Value(fields[1]).empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("multipathd answers: ", line.substr(0, kQuotedMax)));
    }
    paths[Value(fields[1])] = {.hctl = Value(fields[0]),
                               .dm_state = Value(fields[2]),
                               .state = Value(fields[3]),
                               .checker = Value(fields[4])};
  }
  return paths;
}

}  // namespace pathwatch::cli
