// Everything that the commands show, read from <run_dir>/state in one go.
//
// Thread rule: plain value; LoadState may pause for some milliseconds.
#ifndef PATHWATCH_SERVICE_CLI_STATE_VIEW_H_
#define PATHWATCH_SERVICE_CLI_STATE_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/state_table.h"

namespace pathwatch::cli {

struct StateView {
  pw_header header{};
  // Age of the daemon's last sign of life; below zero: it lies in the future. Empty: none was
  // given.
  std::optional<std::int64_t> heartbeat_age_ns;
  bool stale = false;                    // the heartbeat is too old (or absent) to rely on the rest
  std::size_t unreadable = 0;            // records that are damaged, or stayed unfinished
  std::vector<pw_path_record> paths;     // in the order of their H:C:T:L
  std::vector<pw_nexus_record> nexuses;  // by nexus_index; free slots are all zeros
};

// On success what is published, even if it is stale. On failure (no file, not allowed, not ours,
// another major version, ...) the sentence names the file and the remedy.
absl::StatusOr<StateView> LoadState(const std::string& run_dir, std::int64_t boot_now_ns);

// The I_T nexus of a path, owned by `view`; null if its record is missing.
const pw_nexus_record* NexusOf(const StateView& view, const pw_path_record& path);

// "3:0:0:1"
std::string PathName(const pw_path_record& path);
// "3:0:0"
std::string NexusName(const pw_path_record& path);

// What has to be said about the view before anything of it is believed; empty if nothing.
std::vector<std::string> Warnings(const StateView& view);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_STATE_VIEW_H_
