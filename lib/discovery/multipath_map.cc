#include "lib/discovery/multipath_map.h"

#include <iterator>
#include <string_view>
#include <utility>

#include "lib/discovery/sysfs.h"

namespace pathwatch::discovery {
namespace {

// The prefix of the UUIDs that multipath gives to its maps (UUID_PREFIX in its libmultipath).
constexpr std::string_view kUuidPrefix = "mpath-";

int ListNames(int directory, const std::string& name, std::vector<std::string>& ret_names) {
  Descriptor opened;
  if (const int error = OpenDirectory(directory, name, opened); error != 0) return error;
  DirectoryLister lister(std::move(opened));
  ret_names.clear();
  for (bool done = false; !done;) {
    std::vector<std::string> some;
    if (const int error = lister.Next(some, done); error != 0) return error;
    std::move(some.begin(), some.end(), std::back_inserter(ret_names));
  }
  return 0;
}

}  // namespace

int ReadMultipathMap(int block_fd, const std::string& name, std::optional<MultipathMap>& ret_map) {
  std::string content;
  if (const int error = ReadFile(block_fd, name + "/dm/uuid", content); error != 0) return error;
  const std::string_view uuid = TrimEnd(content);
  if (!uuid.starts_with(kUuidPrefix)) {
    ret_map.reset();
    return 0;
  }
  MultipathMap map;
  map.wwid = uuid.substr(kUuidPrefix.size());
  if (const int error = ReadFile(block_fd, name + "/dm/name", content); error != 0) return error;
  map.name = TrimEnd(content);
  if (const int error = ListNames(block_fd, name + "/slaves", map.disks); error != 0) return error;
  ret_map = std::move(map);
  return 0;
}

}  // namespace pathwatch::discovery
