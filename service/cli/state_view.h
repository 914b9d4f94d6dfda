// What the commands show, read from <run_dir>/state in one go.
//
// Thread rule: plain value; LoadState may pause for some milliseconds.
#ifndef PATHWATCH_SERVICE_CLI_STATE_VIEW_H_
#define PATHWATCH_SERVICE_CLI_STATE_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/discovery/hctl.h"
#include "proto/state_table.h"
#include "service/present/path_facts.h"

namespace pathwatch::cli {

using PathFilter = std::function<bool(const pw_path_record&)>;

// What to load besides the header, the paths and the nexuses: there may be 100,000 paths.
struct Wanted {
  PathFilter details;    // of the paths for which it returns true; null: of none
  PathFilter histories;  // the same
  bool luns = false;
  bool port_groups = false;
  bool counters = false;
};

// A device: another one with the same address has another generation.
using DeviceKey = std::pair<discovery::Hctl, std::uint64_t>;

struct StateView {
  pw_header header{};
  // Age of the daemon's last sign of life; below zero: it lies in the future. Empty: none was
  // given.
  std::optional<std::int64_t> heartbeat_age_ns;
  bool stale = false;                    // the heartbeat is too old (or absent) to rely on the rest
  std::size_t unreadable = 0;            // records that are damaged, or stayed unfinished
  std::vector<pw_path_record> paths;     // in the order of their H:C:T:L
  std::vector<pw_nexus_record> nexuses;  // by nexus_index; free slots are all zeros
  // Only if wanted.
  std::map<DeviceKey, pw_detail_record> details;
  std::map<DeviceKey, pw_history_record> histories;
  std::vector<pw_lun_record> luns;  // by lun_index; free slots are all zeros
  std::vector<pw_port_group_record> port_groups;
  std::optional<pw_counters_record> counters;
};

// On success what is published, even if it is stale. On failure (no file, not allowed, not ours,
// another major version, ...) the sentence names the file and the remedy.
absl::StatusOr<StateView> LoadState(const std::string& run_dir, std::int64_t boot_now_ns,
                                    const Wanted& wanted = {});

// What belongs to a path, owned by `view`; null if its record is missing or was not loaded.
const pw_nexus_record* NexusOf(const StateView& view, const pw_path_record& path);
const pw_lun_record* LunOf(const StateView& view, const pw_path_record& path);
const pw_detail_record* DetailOf(const StateView& view, const pw_path_record& path);
const pw_history_record* HistoryOf(const StateView& view, const pw_path_record& path);

present::PathFacts FactsOf(const StateView& view, const pw_path_record& path);

// Why the view is not to be relied on: it is stale, or lacks something. Empty if it is.
std::vector<std::string> Doubts(const StateView& view);
// The same for those who show the view nevertheless.
std::vector<std::string> Warnings(const StateView& view);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_STATE_VIEW_H_
