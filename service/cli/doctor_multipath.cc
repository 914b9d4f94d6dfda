#include "service/cli/doctor_multipath.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kDaemon = "multipathd";
constexpr const char* kConf = "multipath.conf";

// Detection beats path_checker for every device with target port groups.
bool TakesTurInstead(const MultipathConf& conf, const MultipathSection& section) {
  const std::string detect = EffectiveSetting(conf, section, "detect_checker");
  return Setting(section, "path_checker") == kPluginChecker && detect != "no" && detect != "0";
}

bool TakesPlugin(const MultipathConf& conf, const MultipathSection& section) {
  return Setting(section, "path_checker") == kPluginChecker && !TakesTurInstead(conf, section);
}

// Whether every device gets the plugin. Only the overrides say so with certainty: the built-in
// table of devices beats the defaults.
bool PluginEverywhere(const MultipathConf& conf) {
  return std::any_of(conf.sections.begin(), conf.sections.end(),
                     [&conf](const MultipathSection& section) {
                       return section.name == "overrides" && TakesPlugin(conf, section);
                     });
}

// Whether some devices get it; the overrides may say otherwise.
bool PluginSomewhere(const MultipathConf& conf) {
  const std::string everywhere = Setting(conf, "overrides", "path_checker");
  if (!everywhere.empty() && everywhere != kPluginChecker) return false;
  return std::any_of(
      conf.sections.begin(), conf.sections.end(),
      [&conf](const MultipathSection& section) { return TakesPlugin(conf, section); });
}

Finding Running(const MultipathFacts& facts) {
  if (!facts.pid) return Ok(kDaemon, "not running");
  const std::string running = absl::StrCat("running (pid ", *facts.pid, ")");
  if (PluginEverywhere(facts.conf)) {
    return Ok(kDaemon, running + "; it takes the states of paths from pathwatch");
  }
  if (PluginSomewhere(facts.conf)) {
    return Ok(kDaemon, running +
                           "; it takes the states of some paths from pathwatch, and sends checks "
                           "of its own to the others");
  }
  return Ok(kDaemon, running +
                         "; it sends checks of its own beside those of pathwatch ('pathwatch "
                         "doctor --multipath-conf' prints the configuration that ends this)");
}

std::string InWords(const MultipathSection& section) {
  std::vector<std::string> parts;
  for (const auto& [keyword, value] : section.settings) {
    parts.push_back(absl::StrCat(keyword, " ", value));
  }
  return absl::StrCat(section.name, ": ", absl::StrJoin(parts, ", "));
}

Findings Settings(const MultipathConf& conf) {
  Findings findings;
  for (const MultipathSection& section : conf.sections) {
    if (TakesTurInstead(conf, section)) {
      findings.push_back(Warning(
          kConf,
          absl::StrCat(
              InWords(section),
              "; multipathd takes its own checker tur for devices with target port groups"),
          absl::StrCat("Add the line 'detect_checker no' to this section, and run 'multipathd "
                       "reconfigure'.")));
    } else {
      findings.push_back(Ok(kConf, InWords(section)));
    }
  }
  return findings;
}

}  // namespace

Findings JudgeMultipath(const MultipathFacts& facts) {
  const MultipathConf& conf = facts.conf;
  Findings findings = {Running(facts)};
  for (const std::string& remark : conf.remarks) {
    findings.push_back(Warning(
        kConf, remark, "See that this user may read it, and what 'multipath -t' says of it."));
  }
  Append(Settings(conf), findings);
  Append(JudgePlugin(conf, facts.plugin), findings);
  if (conf.sections.empty() && conf.remarks.empty()) {
    findings.push_back(Ok(
        kConf, conf.files.empty() ? "there is none: multipathd's built-in settings count"
                                  : "nothing about checks: multipathd's built-in settings count"));
  }
  return findings;
}

}  // namespace pathwatch::cli
