#include "service/cli/path_argument.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "lib/config/nearest_name.h"

namespace pathwatch::cli {
namespace {

std::array<std::string, 3> NamesOf(const pw_path_record& path) {
  return {present::PathName(path), path.sd_name, path.sg_name};
}

std::string_view WithoutDirectory(std::string_view argument) {
  for (const std::string_view directory : {"/dev/bsg/", "/dev/"}) {
    if (argument.starts_with(directory)) return argument.substr(directory.size());
  }
  return argument;
}

}  // namespace

bool HasName(const pw_path_record& path, std::string_view argument) {
  const std::string_view wanted = WithoutDirectory(argument);
  const auto names = NamesOf(path);
  return !wanted.empty() && std::find(names.begin(), names.end(), wanted) != names.end();
}

bool HasOneOfTheNames(const pw_path_record& path, const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&path](const std::string& argument) { return HasName(path, argument); });
}

absl::StatusOr<const pw_path_record*> FindPath(const StateView& view, std::string_view argument) {
  const pw_path_record* removed = nullptr;
  for (const pw_path_record& path : view.paths) {
    if (!HasName(path, argument)) continue;
    if (path.state != PW_STATE_REMOVED) return &path;
    if (removed == nullptr) removed = &path;
  }
  if (removed != nullptr) return removed;
  config::NearestName nearest(WithoutDirectory(argument));
  for (const pw_path_record& path : view.paths) {
    for (const std::string& name : NamesOf(path)) nearest.Offer(name);
  }
  return absl::NotFoundError("no path " + std::string(argument) + nearest.Question());
}

std::vector<const pw_path_record*> FindPaths(const StateView& view,
                                             const std::vector<std::string>& arguments,
                                             std::vector<std::string>& complaints) {
  std::vector<const pw_path_record*> found;
  for (const std::string& argument : arguments) {
    const auto path = FindPath(view, argument);
    if (path.ok()) {
      found.push_back(*path);
    } else {
      complaints.emplace_back(path.status().message());
    }
  }
  return found;
}

}  // namespace pathwatch::cli
