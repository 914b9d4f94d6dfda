#include "service/cli/multipath_conflicts.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kConf = "multipath.conf";

bool IsNo(const std::string& value) { return value == "no" || value == "0"; }
bool IsYes(const std::string& value) { return value == "yes" || value == "1"; }

// How a section contradicts those that are to be added, or "".
std::string Contradiction(const MultipathSection& section) {
  const std::string checker = Setting(section, "path_checker");
  if (!checker.empty() && checker != kPluginChecker) return "path_checker " + checker;
  if (IsYes(Setting(section, "detect_checker"))) return "detect_checker yes";
  return "";
}

void JudgeOverrides(const MultipathSection& overrides, const ArraySurvey& survey,
                    Findings& findings) {
  if (const std::string setting = Contradiction(overrides); !setting.empty()) {
    findings.push_back(Warning(
        kConf, absl::StrCat("overrides: ", setting, " beats what the sections of devices say"),
        "Take this line out of the section 'overrides'."));
  }
  if (Setting(overrides, "path_checker") != kPluginChecker) return;
  for (const Array& array : survey.arrays) {
    if (array.own_checker.empty()) continue;
    findings.push_back(Warning(
        kConf,
        absl::StrCat("overrides: path_checker ", kPluginChecker, " beats ", array.own_checker,
                     ", which ", NameOf(array), " needs"),
        "Take path_checker and detect_checker out of 'overrides', and use sections of devices."));
  }
}

void JudgeDevice(const MultipathSection& section, const Array& array, Findings& findings) {
  const bool ours = Setting(section, "path_checker") == kPluginChecker;
  if (!array.own_checker.empty() && ours) {
    findings.push_back(
        Warning(kConf,
                absl::StrCat(section.name, ": path_checker ", kPluginChecker, " is for ",
                             NameOf(array), " too, which needs ", array.own_checker),
                "Make the patterns of this section narrower."));
  }
  const std::string setting = Contradiction(section);
  if (!IsJudged(array) || setting.empty()) return;
  findings.push_back(Warning(kConf,
                             absl::StrCat(section.name, ": ", setting, " is for ", NameOf(array),
                                          " too, and what multipathd reads last counts"),
                             "Take this line out of that section."));
}

// Whether the section is about any array that pathwatch judges.
bool Concerns(const MultipathSection& section, const ArraySurvey& survey) {
  if (!section.name.starts_with("device ")) return true;
  for (const Array& array : survey.arrays) {
    if (IsJudged(array) && Matches(section, array.vendor, array.product)) return true;
  }
  return false;
}

// Where priorities are detected, they come from sysfs. Where they are not, the built-in table says
// alua for nearly every array with target port groups.
void JudgePriority(const MultipathConf& conf, const MultipathSection& section, Findings& findings) {
  const std::string prio = EffectiveSetting(conf, section, "prio");
  const bool alua = prio.starts_with("alua") || prio.empty();
  const bool said = !Setting(section, "prio").empty() || !Setting(section, "detect_prio").empty();
  if (!said || !alua || !IsNo(EffectiveSetting(conf, section, "detect_prio"))) return;
  findings.push_back(Warning(
      kConf,
      absl::StrCat(section.name, ": with detect_prio no",
                   prio.empty() ? ", and alua as built-in prio," : absl::StrCat(" and prio ", prio),
                   " multipathd sends a REPORT TARGET PORT GROUPS of its own for each check of "
                   "each path, and waits for it"),
      "Take detect_prio and prio out: with the kernel's ALUA handler priorities come from sysfs."));
}

}  // namespace

Findings MultipathConflicts(const MultipathConf& conf, const ArraySurvey& survey,
                            const PluginPlaces& plugin) {
  Findings findings;
  for (const std::string& remark : conf.remarks) {
    findings.push_back(
        Warning(kConf, remark, "See that this user may read it, and what 'multipath -t' says."));
  }
  for (const MultipathSection& section : conf.sections) {
    if (section.name == "overrides") JudgeOverrides(section, survey, findings);
    for (const Array& array : survey.arrays) {
      if (Matches(section, array.vendor, array.product)) JudgeDevice(section, array, findings);
    }
    if (Concerns(section, survey)) JudgePriority(conf, section, findings);
  }
  Append(JudgeHandlers(survey.devices), findings);
  for (const Array& array : survey.arrays) {
    if (array.unread_luns == 0) continue;
    findings.push_back(
        Warning("devices",
                absl::StrCat(Counted(array.unread_luns, "logical unit"), " of ", NameOf(array),
                             " were not read yet"),
                "Do this again in a minute; see 'pathwatch paths --state unknown'."));
  }
  if (!IsInstalled(plugin)) {
    findings.push_back(Warning("plugin", WhereItIsMissing(plugin), HowToInstall(plugin)));
  }
  return findings;
}

}  // namespace pathwatch::cli
