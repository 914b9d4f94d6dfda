// Devices that the configuration says not to watch: [paths] include and exclude.
//
// Thread rule: plain value; any thread.
#ifndef PATHWATCH_SERVICE_LEFT_OUT_H_
#define PATHWATCH_SERVICE_LEFT_OUT_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/config/configuration.h"
#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"

namespace pathwatch::service {

struct LeftOut {
  absl::flat_hash_set<discovery::Hctl> paths;
  std::map<std::string, std::size_t> by_rule;

  // A sentence for each rule.
  std::vector<std::string> Remarks() const;
};

// Takes them out of what a scan has found, and with them the nexuses that then have no path.
LeftOut TakeLeftOut(const config::Configuration& configuration, discovery::Snapshot& snapshot);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_LEFT_OUT_H_
