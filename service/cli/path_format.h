// A line for each path, as the user words it: `pathwatch paths --format "%d %T %{reason}"`.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_PATH_FORMAT_H_
#define PATHWATCH_SERVICE_CLI_PATH_FORMAT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/present/path_facts.h"
#include "service/present/time_text.h"

namespace pathwatch::cli {

class PathFormat {
 public:
  // Letters are those of multipathd's `show paths format` where they mean the same; %{field} is a
  // field of the path as --json has it. On failure the sentence names what is wrong.
  static absl::StatusOr<PathFormat> Parse(std::string_view text);

  // Whether the format has %t.
  bool WantsDmState() const;

  // A line without a newline. Values are harmless to terminals and never empty. `dm_state`: what %t
  // stands for.
  std::string Line(const present::PathFacts& facts, std::string_view dm_state,
                   const present::Clocks& clocks) const;

 private:
  // Text, then a value.
  struct Piece {
    std::string text;
    enum class Kind { kNothing, kWildcard, kField } kind = Kind::kNothing;
    std::size_t index = 0;  // of the wildcard or the field
  };

  absl::Status TakeWildcard(std::string_view& rest);
  absl::Status TakeField(std::string_view& rest);

  std::vector<Piece> pieces_ = {{}};
};

// All wildcards with what they mean, a line for each, and the names of the fields.
std::string PathFormatHelp();

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_PATH_FORMAT_H_
