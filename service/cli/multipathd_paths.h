// What multipathd holds of its paths.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_MULTIPATHD_PATHS_H_
#define PATHWATCH_SERVICE_CLI_MULTIPATHD_PATHS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathwatch::cli {

struct MultipathdPath {
  std::string hctl;      // "3:0:0:1"
  std::string dm_state;  // "active", "failed", "undef"
  std::string state;     // of its checker: "ready", "ghost", "faulty", "i/o pending", ...
  std::string checker;   // "tur"; "": it has none, or does not say
};

// By the name of the block device.
using MultipathdPaths = std::map<std::string, MultipathdPath, std::less<>>;

// The command that gives what ParseMultipathdPaths takes.
std::string MultipathdPathsCommand();

// On failure the sentence quotes what is not understood, which may be a refusal.
absl::StatusOr<MultipathdPaths> ParseMultipathdPaths(std::string_view answer);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_MULTIPATHD_PATHS_H_
