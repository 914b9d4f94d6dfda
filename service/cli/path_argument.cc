#include "service/cli/path_argument.h"

#include <algorithm>

#include "absl/status/status.h"
#include "lib/config/nearest_name.h"
#include "service/present/path_names.h"

namespace pathwatch::cli {

bool HasName(const pw_path_record& path, std::string_view argument) {
  return present::WantedPath(argument).Is(path);
}

bool HasOneOfTheNames(const pw_path_record& path, const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&path](const std::string& argument) { return HasName(path, argument); });
}

absl::StatusOr<const pw_path_record*> FindPath(const StateView& view, std::string_view argument) {
  const present::WantedPath wanted(argument);
  const pw_path_record* removed = nullptr;
  for (const pw_path_record& path : view.paths) {
    if (!wanted.Is(path)) continue;
    if (path.state != PW_STATE_REMOVED) return &path;
    if (removed == nullptr) removed = &path;
  }
  if (removed != nullptr) return removed;
  config::NearestName nearest(wanted.name());
  for (const pw_path_record& path : view.paths) {
    for (const std::string& name : present::NamesOf(path)) nearest.Offer(name);
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
