#include "service/cli/other_disks.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/discovery/paths.h"
#include "service/cli/host_scan.h"

namespace pathwatch::cli {
namespace {

using discovery::Hctl;

// The first name in the directory with that beginning; "" if there is none, or no directory.
std::string FirstName(const std::string& directory, std::string_view beginning) {
  std::string first;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(beginning) && (first.empty() || name < first)) first = name;
  }
  return first;
}

void NotScsi(const std::string& sysfs_root, std::vector<std::string>& clauses) {
  for (const char* directory : {"/class/nvme-subsystem", "/class/nvme"}) {
    const std::string name = FirstName(sysfs_root + directory, "");
    if (name.empty()) continue;
    clauses.push_back(
        absl::StrCat("there is NVMe (", name, "), for which multipathd's checker is none"));
    break;
  }
  const std::string dasd = FirstName(sysfs_root + "/block", "dasd");
  if (!dasd.empty()) clauses.push_back(absl::StrCat("there is a DASD (", dasd, ")"));
}

// Clauses of which each device makes one, counted.
using Counts = std::map<std::string, std::pair<std::size_t, std::string>>;

void Add(const std::string& clause, const Hctl& hctl, Counts& counts) {
  auto& [count, example] = counts[clause];
  if (count++ == 0) example = discovery::FormatHctl(hctl);
}

// Of several with that address all but one are removed.
const pw_path_record* PathAt(const StateView& view, const Hctl& hctl) {
  auto found = std::lower_bound(view.paths.begin(), view.paths.end(), hctl,
                                [](const pw_path_record& path, const Hctl& wanted) {
                                  return present::HctlOf(path) < wanted;
                                });
  for (; found != view.paths.end() && present::HctlOf(*found) == hctl; ++found) {
    if (found->state != PW_STATE_REMOVED) return &*found;
  }
  return nullptr;
}

// What keeps pathwatch from judging the path; "" if nothing does.
std::string WhyNotJudged(const StateView& view, const ArraySurvey& survey, const Hctl& hctl) {
  const pw_path_record* path = PathAt(view, hctl);
  if (path == nullptr) return "not watched by pathwatchd";
  const Array* array = ArrayOf(survey, view, *path);
  if (array == nullptr) return "of a logical unit of which nothing is known yet";
  if (!array->own_checker.empty()) {
    return absl::StrCat("of ", NameOf(*array), ", which needs the checker ", array->own_checker);
  }
  if ((LunOf(view, *path)->flags & PW_LUN_ALUA) == 0) {
    return absl::StrCat("of ", NameOf(*array), " and without target port groups");
  }
  return "";
}

}  // namespace

std::vector<std::string> OtherDisks(const StateView& view, const ArraySurvey& survey,
                                    const std::string& sysfs_root) {
  std::vector<std::string> clauses;
  const auto snapshot = ScanHost(sysfs_root);
  if (!snapshot.ok())
    return {absl::StrCat("it cannot be told: ", std::string(snapshot.status().message()))};
  NotScsi(sysfs_root, clauses);
  Counts counts;
  for (const discovery::DiscoveredPath& path : snapshot->paths) {
    const std::string why = WhyNotJudged(view, survey, path.hctl);
    if (!why.empty()) Add(why, path.hctl, counts);
  }
  for (const discovery::NotChecked& device : snapshot->not_checked) {
    const std::string block = absl::StrCat(sysfs_root, "/class/scsi_device/",
                                           discovery::FormatHctl(device.hctl), "/device/block");
    if (!FirstName(block, "sd").empty()) Add("left alone by pathwatch", device.hctl, counts);
  }
  for (const auto& [clause, count] : counts) {
    clauses.push_back(absl::StrCat(Counted(count.first, "disk"),
                                   count.first == 1 ? " (" : " (such as ", count.second,
                                   count.first == 1 ? ") is " : ") are ", clause));
  }
  return clauses;
}

}  // namespace pathwatch::cli
