#include "service/cli/path_argument.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"

namespace pathwatch::cli {
namespace {

// A name with more wrong characters than this is not what the user meant.
std::size_t WrongCharactersMax(std::string_view wanted) { return wanted.size() < 6 ? 1 : 2; }

std::array<std::string, 3> NamesOf(const pw_path_record& path) {
  return {PathName(path), path.sd_name, path.sg_name};
}

std::string_view WithoutDirectory(std::string_view argument) {
  for (const std::string_view directory : {"/dev/bsg/", "/dev/"}) {
    if (argument.starts_with(directory)) return argument.substr(directory.size());
  }
  return argument;
}

// The Levenshtein distance: characters to change, add or leave out.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); i++) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); j++) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

// "" if no name is near enough.
std::string NearestName(const StateView& view, std::string_view wanted) {
  std::string nearest;
  std::size_t smallest = std::min(WrongCharactersMax(wanted) + 1, wanted.size());
  for (const pw_path_record& path : view.paths) {
    for (const std::string& name : NamesOf(path)) {
      const std::size_t longer = std::max(name.size(), wanted.size());
      const std::size_t shorter = std::min(name.size(), wanted.size());
      if (name.empty() || longer - shorter >= smallest) continue;
      const std::size_t distance = Distance(name, wanted);
      if (distance >= smallest) continue;
      smallest = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace

absl::StatusOr<const pw_path_record*> FindPath(const StateView& view, std::string_view argument) {
  const std::string_view wanted = WithoutDirectory(argument);
  const pw_path_record* removed = nullptr;
  for (const pw_path_record& path : view.paths) {
    const auto names = NamesOf(path);
    if (wanted.empty() || std::find(names.begin(), names.end(), wanted) == names.end()) continue;
    if (path.state != PW_STATE_REMOVED) return &path;
    if (removed == nullptr) removed = &path;
  }
  if (removed != nullptr) return removed;
  std::string sentence = absl::StrFormat("no path %s", std::string(argument));
  const std::string nearest = NearestName(view, wanted);
  if (!nearest.empty()) absl::StrAppendFormat(&sentence, "; did you mean %s?", nearest);
  return absl::NotFoundError(sentence);
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
