// Which disks a dm-multipath map holds.
//
// Thread rule: any thread. Reads of sysfs do not wait for devices.
#ifndef PATHWATCH_LIB_DISCOVERY_MULTIPATH_MAP_H_
#define PATHWATCH_LIB_DISCOVERY_MULTIPATH_MAP_H_

#include <optional>
#include <string>
#include <vector>

namespace pathwatch::discovery {

struct MultipathMap {
  std::string name;                // "mpatha"
  std::string wwid;                // of its UUID "mpath-<wwid>"
  std::vector<std::string> disks;  // "sda", in no particular order

  friend bool operator==(const MultipathMap&, const MultipathMap&) = default;
};

// Reads <root>/block/NAME, where `block_fd` is the open directory <root>/block and NAME a dm
// device ("dm-3"). Returns 0, and nothing in `ret_map`, if it is no multipath map.
// On failure an errno value as in sysfs.h: but for a shortage, the map is on its way to being
// created or removed, and holds no disk.
int ReadMultipathMap(int block_fd, const std::string& name, std::optional<MultipathMap>& ret_map);

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_MULTIPATH_MAP_H_
