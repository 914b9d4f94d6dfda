// How many paths a logical unit ought to have.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_EXPECTED_PATHS_H_
#define PATHWATCH_SERVICE_DAEMON_EXPECTED_PATHS_H_

#include <cstdint>
#include <vector>

#include "lib/health/action.h"
#include "lib/health/ids.h"
#include "service/daemon/inventory.h"

namespace pathwatch::service {

class ExpectedPaths {
 public:
  // `inventory` is not owned and outlives this object.
  explicit ExpectedPaths(const Inventory& inventory) : inventory_(inventory) {}

  // To be told of each change of a path.
  void Changed(const health::StateChanged& change);

  // The I_T nexuses that lead to the logical unit or did, as long as its removed paths are
  // remembered. Two with the same ports are one: a login gives a nexus another number. Those that
  // an operator has left out do not count. 0 if all of its devices were deleted while they worked:
  // then it was taken away on purpose, since ports that are lost fail before the kernel deletes
  // what is behind them. REQUIRES: the number is in use.
  std::uint32_t Of(health::LunId lun) const;

 private:
  // How a path came to its end, or is coming.
  enum class End : std::uint8_t { kLost, kDeletedInUse, kLeftOut };

  End EndOf(health::PathId path) const { return path < ends_.size() ? ends_[path] : End::kLost; }

  const Inventory& inventory_;
  std::vector<End> ends_;  // by PathId
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_EXPECTED_PATHS_H_
