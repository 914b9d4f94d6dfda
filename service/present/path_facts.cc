#include "service/present/path_facts.h"

namespace pathwatch::present {

bool HasFlag(const pw_path_record& path, pw_path_flags flag) { return (path.flags & flag) != 0; }

discovery::Hctl HctlOf(const pw_path_record& path) {
  return {path.host, path.channel, path.target, path.lun};
}

std::string PathName(const pw_path_record& path) { return discovery::FormatHctl(HctlOf(path)); }

std::string NexusName(const pw_path_record& path) { return discovery::FormatNexus(HctlOf(path)); }

std::string HostName(const pw_path_record& path) { return "host" + std::to_string(path.host); }

}  // namespace pathwatch::present
