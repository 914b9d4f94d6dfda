#include "service/present/path_facts.h"

#include <algorithm>
#include <iterator>

namespace pathwatch::present {

bool HasFlag(const pw_path_record& path, pw_path_flags flag) { return (path.flags & flag) != 0; }

pw_path_record PathOf(const pw_change_record& change) {
  pw_path_record path{};
  path.generation = change.generation;
  path.host = change.host;
  path.channel = change.channel;
  path.target = change.target;
  path.lun = change.lun;
  std::copy(std::begin(change.device), std::end(change.device), path.sd_name);
  std::copy(std::begin(change.wwid), std::end(change.wwid), path.wwid);
  return path;
}

discovery::Hctl HctlOf(const pw_path_record& path) {
  return {path.host, path.channel, path.target, path.lun};
}

std::string PathName(const pw_path_record& path) { return discovery::FormatHctl(HctlOf(path)); }

std::string NexusName(const pw_path_record& path) { return discovery::FormatNexus(HctlOf(path)); }

std::string HostName(const pw_path_record& path) { return "host" + std::to_string(path.host); }

}  // namespace pathwatch::present
