// Everything that is known at a moment, before it is decided what of it is shown.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_SNAPSHOT_H_
#define PATHWATCH_SERVICE_CLI_TOP_SNAPSHOT_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "proto/state_table.h"
#include "service/present/path_facts.h"
#include "service/present/status_summary.h"

namespace pathwatch::top {

struct Snapshot {
  pw_header header{};
  std::string trouble;  // a sentence if the rest is not to be relied on, or new; "": all is well
  // By their numbers in the published state; of a free one in_use is 0.
  std::vector<pw_path_record> paths;
  std::vector<pw_nexus_record> nexuses;
  std::vector<pw_lun_record> luns;
  std::map<std::uint32_t, pw_detail_record> details;  // of paths that are shown
  std::deque<pw_change_record> changes;               // the latest first
  present::Summary summary;
  std::optional<double> checks_per_second;
};

// What belongs to a path, owned by `snapshot`. REQUIRES: `slot` is the number of a path.
present::PathFacts FactsOf(const Snapshot& snapshot, std::uint32_t slot);
// Of the dm map of its logical unit; "" if there is none.
std::string MapOf(const Snapshot& snapshot, const pw_path_record& path);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_SNAPSHOT_H_
