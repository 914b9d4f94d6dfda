// The states of paths in their dm maps; each map is asked once.
//
// Thread rule: one thread at a time.
#ifndef PATHWATCH_SERVICE_CLI_DM_MAPS_H_
#define PATHWATCH_SERVICE_CLI_DM_MAPS_H_

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "service/cli/dm_path_states.h"
#include "service/present/path_facts.h"

namespace pathwatch::cli {

class DmMaps {
 public:
  // The status of a map's target `multipath`, as ReadMultipathStatus gives it.
  using Read = std::function<absl::StatusOr<std::string>(const std::string& map)>;

  explicit DmMaps(Read read) : read_(std::move(read)) {}

  // "active", "failed", or "undef" if the path is in no map or its map cannot be asked.
  std::string StateOf(const present::PathFacts& facts);

  // Why the first map that could not be asked could not; "" if all could.
  const std::string& complaint() const { return complaint_; }

 private:
  const DmPathStates& Ask(const std::string& map);

  Read read_;
  std::map<std::string, DmPathStates> asked_;
  std::string complaint_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DM_MAPS_H_
