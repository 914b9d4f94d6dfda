#include "lib/discovery/paths.h"

namespace pathwatch::discovery {

std::string SgNode(const DiscoveredPath& path, const std::string& dev_dir) {
  if (path.sg_name.empty()) return "";
  return dev_dir + "/" + path.sg_name;
}

std::string BsgNode(const DiscoveredPath& path, const std::string& bsg_dir) {
  if (path.bsg_name.empty()) return "";
  return bsg_dir + "/" + path.bsg_name;
}

}  // namespace pathwatch::discovery
