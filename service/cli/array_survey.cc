#include "service/cli/array_survey.h"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/discovery/device_handler.h"
#include "service/cli/array_checkers.h"

namespace pathwatch::cli {
namespace {

using Names = std::pair<std::string, std::string>;

// The kernel takes what cannot be printed for blanks, and multipathd leaves out those at the end.
std::string Trimmed(std::string_view text) {
  while (!text.empty() && (text.back() <= ' ' || text.back() > '~')) text.remove_suffix(1);
  return std::string(text);
}

Names NamesOf(const pw_lun_record& lun) { return {Trimmed(lun.vendor), Trimmed(lun.product)}; }

void Count(const pw_lun_record& lun, Array& array) {
  array.luns++;
  if ((lun.flags & PW_LUN_ALUA) != 0) array.alua_luns++;
  if (lun.paths_by_state[PW_STATE_UNKNOWN] == lun.paths_total) array.unread_luns++;
}

}  // namespace

ArraySurvey SurveyArrays(const StateView& view, const std::string& sysfs_root) {
  std::map<Names, Array> arrays;
  for (const pw_lun_record& lun : view.luns) {
    if (lun.head.in_use == 0 || lun.paths_total == 0) continue;
    Count(lun, arrays[NamesOf(lun)]);
  }
  ArraySurvey survey;
  for (const pw_path_record& path : view.paths) {
    const pw_lun_record* lun = LunOf(view, path);
    if (path.state == PW_STATE_REMOVED || lun == nullptr) continue;
    const auto found = arrays.find(NamesOf(*lun));
    if (found == arrays.end()) continue;
    survey.devices.push_back(
        {.hctl = present::HctlOf(path),
         .vendor = found->first.first,
         .product = found->first.second,
         .alua = (lun->flags & PW_LUN_ALUA) != 0,
         .handler = discovery::ReadDeviceHandler(sysfs_root, present::HctlOf(path))});
    if (std::string checker = CheckerForHandler(survey.devices.back().handler); !checker.empty()) {
      found->second.own_checker = std::move(checker);
    }
  }
  for (auto& [names, array] : arrays) {
    std::tie(array.vendor, array.product) = names;
    if (array.own_checker.empty()) {
      array.own_checker = CheckerForArray(array.vendor, array.product);
    }
    survey.arrays.push_back(std::move(array));
  }
  return survey;
}

bool IsJudged(const Array& array) { return array.alua_luns != 0 && array.own_checker.empty(); }

const Array* ArrayOf(const ArraySurvey& survey, const StateView& view, const pw_path_record& path) {
  const pw_lun_record* lun = LunOf(view, path);
  if (lun == nullptr) return nullptr;
  const Names names = NamesOf(*lun);
  for (const Array& array : survey.arrays) {
    if (array.vendor == names.first && array.product == names.second) return &array;
  }
  return nullptr;
}

std::string NameOf(const Array& array) { return absl::StrCat(array.vendor, " ", array.product); }

}  // namespace pathwatch::cli
