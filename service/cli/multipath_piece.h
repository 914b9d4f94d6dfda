// A piece of multipath.conf that makes multipathd take the states of paths from pathwatch.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_MULTIPATH_PIECE_H_
#define PATHWATCH_SERVICE_CLI_MULTIPATH_PIECE_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/cli/array_survey.h"
#include "service/cli/finding.h"

namespace pathwatch::cli {

struct MultipathPiece {
  std::vector<Array> arrays;
  Findings warnings;
  std::vector<std::string> other_disks;  // clauses: why not all devices can be treated alike
};

// The file, with comments that say why each line is there. Whatever the names hold, it is one that
// multipathd reads.
std::string PieceText(const MultipathPiece& piece);

// An extended regular expression for the whole of `name` and nothing else. What may not stand in a
// quoted value (it is no printable ASCII, or a quote) is any character.
std::string PatternFor(std::string_view name);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_MULTIPATH_PIECE_H_
