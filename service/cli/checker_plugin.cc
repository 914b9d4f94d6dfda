#include "service/cli/checker_plugin.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace pathwatch::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "plugin";

// Debian and its relatives; those with /lib64; multiarch.
constexpr std::array kCandidates = {"/lib/multipath", "/usr/lib/multipath", "/lib64/multipath",
                                    "/usr/lib64/multipath", "/usr/lib/x86_64-linux-gnu/multipath"};

// Whether there are checkers of multipathd's own.
bool HasOwnCheckers(const fs::path& directory) {
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with("libcheck") && name.ends_with(".so") && name != kPluginFile) return true;
  }
  return false;
}

}  // namespace

PluginPlaces FindPlugin(const std::string& root_dir) {
  PluginPlaces places;
  std::set<fs::path> known;
  for (const char* candidate : kCandidates) {
    std::error_code error;
    const fs::path directory = fs::canonical(root_dir + candidate, error);
    if (error || !known.insert(directory).second) continue;
    if (HasOwnCheckers(directory)) places.directories.emplace_back(candidate);
    if (fs::is_regular_file(directory / kPluginFile, error)) places.holding.emplace_back(candidate);
  }
  return places;
}

bool IsInstalled(const PluginPlaces& places) {
  return std::any_of(places.directories.begin(), places.directories.end(),
                     [&places](const std::string& directory) {
                       return std::find(places.holding.begin(), places.holding.end(), directory) !=
                              places.holding.end();
                     });
}

bool NamesPlugin(const MultipathConf& conf) {
  return std::any_of(conf.sections.begin(), conf.sections.end(),
                     [](const MultipathSection& section) {
                       return Setting(section, "path_checker") == kPluginChecker;
                     });
}

Findings JudgePlugin(const MultipathConf& conf, const PluginPlaces& places) {
  if (!NamesPlugin(conf)) return {};
  if (IsInstalled(places)) {
    return {
        Ok(kName, absl::StrCat(kPluginFile, " is in ", absl::StrJoin(places.holding, " and ")))};
  }
  return {Problem(
      kName,
      absl::StrCat("the configuration names the checker ", kPluginChecker, ", but ",
                   WhereItIsMissing(places),
                   ": multipathd then has no checker for these devices, and fails no path of them"),
      HowToInstall(places))};
}

std::string WhereItIsMissing(const PluginPlaces& places) {
  if (places.directories.empty()) {
    return absl::StrCat("no directory with multipathd's checkers, where ", kPluginFile,
                        " belongs, was found");
  }
  const std::string elsewhere =
      places.holding.empty() ? ""
                             : absl::StrCat(" (it is in ", absl::StrJoin(places.holding, ", "),
                                            ", where multipathd does not look)");
  return absl::StrCat(kPluginFile, " is not in ", absl::StrJoin(places.directories, " or "),
                      elsewhere);
}

std::string HowToInstall(const PluginPlaces& places) {
  if (places.directories.empty()) {
    return absl::StrCat("Install multipath-tools, then ", kPluginFile,
                        " beside its libchecktur.so; until then leave the checker out.");
  }
  return absl::StrCat("Install ", kPluginFile, " in ", places.directories.front(),
                      " and restart multipathd, or take 'path_checker \"", kPluginChecker,
                      "\"' out and run 'multipathd reconfigure'.");
}

}  // namespace pathwatch::cli
