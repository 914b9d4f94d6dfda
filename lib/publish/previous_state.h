// What the daemon before us published, so that its states can be carried over.
//
// Thread rule: at start, before the loop: the call is synchronous.
#ifndef PATHWATCH_LIB_PUBLISH_PREVIOUS_STATE_H_
#define PATHWATCH_LIB_PUBLISH_PREVIOUS_STATE_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/publish/boot_id.h"
#include "proto/state_table.h"

namespace pathwatch::publish {

// One device: the same numbers with another generation are another device.
struct DeviceKey {
  std::uint32_t host = 0;
  std::uint32_t channel = 0;
  std::uint32_t target = 0;
  std::uint64_t lun = 0;
  std::uint64_t generation = 0;

  friend bool operator==(const DeviceKey&, const DeviceKey&) = default;
  template <class Hash>
  friend Hash AbslHashValue(Hash hash, const DeviceKey& key) {
    return Hash::combine(std::move(hash), key.host, key.channel, key.target, key.lun,
                         key.generation);
  }
};

struct PreviousState {
  absl::flat_hash_map<DeviceKey, pw_path_record> paths;
  // Those of paths that have had changes, for StateFile::PutHistory. A path may have had its last
  // change as another device: its record in `paths` has the key, whatever the history's generation.
  absl::flat_hash_map<DeviceKey, pw_history_record> histories;
  // Which logical unit answers instead, for the paths where that is known.
  absl::flat_hash_map<DeviceKey, std::string> identities_found;
  // Why something (or everything) could not be carried over; empty if there is nothing to say.
  std::string remark;
};

// Reads the state file of the daemon before, however old its heartbeat is, if it is from this
// boot. Never fails: what cannot be read is a remark. REQUIRES: to be called before
// StateFile::Create.
PreviousState ReadPreviousState(const std::string& path, const BootId& boot_id,
                                std::int64_t now_ns);

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_PREVIOUS_STATE_H_
