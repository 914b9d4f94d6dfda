#include "service/present/path_names.h"

#include "service/present/path_facts.h"

namespace pathwatch::present {
namespace {

std::string_view WithoutDirectory(std::string_view name) {
  for (const std::string_view directory : {"/dev/bsg/", "/dev/"}) {
    if (name.starts_with(directory)) return name.substr(directory.size());
  }
  return name;
}

}  // namespace

WantedPath::WantedPath(std::string_view name)
    : name_(WithoutDirectory(name)), hctl_(discovery::ParseHctl(name_)) {}

bool WantedPath::Is(const pw_path_record& path) const {
  if (hctl_) return *hctl_ == HctlOf(path);
  return !name_.empty() && (name_ == path.sd_name || name_ == path.sg_name);
}

std::array<std::string, 3> NamesOf(const pw_path_record& path) {
  return {PathName(path), path.sd_name, path.sg_name};
}

}  // namespace pathwatch::present
