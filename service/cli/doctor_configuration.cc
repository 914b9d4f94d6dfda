#include "service/cli/doctor_configuration.h"

#include "absl/strings/str_cat.h"
#include "lib/config/problem.h"

namespace pathwatch::cli {

Finding JudgeConfiguration(const config::Loaded& loaded) {
  if (loaded.problems.empty()) {
    return Ok("configuration",
              absl::StrCat(Counted(loaded.configuration.files(), "file"), ", ",
                           Counted(loaded.configuration.settings(), "option"), " set"));
  }
  const std::size_t others = loaded.problems.size() - 1;
  return Problem("configuration",
                 absl::StrCat(config::TextOf(loaded.problems.front()),
                              others == 0 ? "" : absl::StrCat(" (and ", others, " more)")),
                 "Mend what 'pathwatch config check' lists; pathwatchd does not start with it, and "
                 "one that runs does not take it.");
}

Findings JudgeLeftOut(const service::LeftOut& left_out) {
  Findings findings;
  for (const auto& [rule, devices] : left_out.by_rule) {
    findings.push_back(
        Ok("devices", absl::StrCat(Counted(devices, "path"),
                                   " left out by the configuration, [paths] (", rule, ")")));
  }
  return findings;
}

}  // namespace pathwatch::cli
