#include "service/daemon/command_line.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/version.h"

namespace pathwatch::service {
namespace {

constexpr int kUsageStatus = 2;
constexpr std::uint32_t kSimulatedPathsMax = 4'000'000;

// Durations carry their unit: "500ms", "5s", "2m".
struct DurationOption {
  std::string name;
  std::string help;
  absl::Duration least;
  absl::Duration most;
  health::DurationNs* value;
  std::string text;
};

std::string Check(const DurationOption& option, const std::string& text) {
  absl::Duration parsed;
  if (!absl::ParseDuration(text, &parsed)) {
    return absl::StrCat("'", text, "' is not a duration: write a number and a unit, as in ",
                        "'500ms', '5s' or '2m'");
  }
  if (parsed < option.least || parsed > option.most) {
    return absl::StrCat("'", text, "' is out of range: between ",
                        absl::FormatDuration(option.least), " and ",
                        absl::FormatDuration(option.most), " is possible");
  }
  return "";
}

void Add(CLI::App& app, DurationOption& option) {
  option.text = absl::FormatDuration(absl::Nanoseconds(*option.value));
  app.add_option(option.name, option.text, option.help)
      ->check([&option](const std::string& text) { return Check(option, text); })
      ->type_name("DURATION")
      ->capture_default_str();
}

}  // namespace

std::variant<DaemonOptions, CommandLineText> ParseCommandLine(int argc, const char* const* argv) {
  DaemonOptions options;
  double seconds = 0;
  std::string passthrough = "auto";
  std::string bsg_dir;
  std::string log_level(Name(options.log.level));
  CLI::App app{"pathwatchd watches the SCSI paths of this host and publishes their state."};
  app.set_version_flag("--version", absl::StrCat("pathwatchd ", std::string(kVersion)));
  app.add_option("--run-dir", options.run_dir, "where the state is published")
      ->capture_default_str();
  std::vector<DurationOption> durations = {
      {"--interval", "time between the checks of a path", absl::Milliseconds(100), absl::Hours(1),
       &options.health.interval_ns, ""},
      {"--deadline", "when a check without a reply counts as no answer", absl::Milliseconds(100),
       absl::Minutes(2), &options.health.deadline_ns, ""},
      {"--refresh",
       "time between two readings of target port groups and identities without an occasion; 0s: "
       "only on occasions",
       absl::ZeroDuration(), absl::Hours(24), &options.health.refresh_ns, ""},
      {"--rescan", "time between two looks at which devices exist", absl::Seconds(1),
       absl::Hours(24), &options.rescan_ns, ""},
  };
  for (DurationOption& option : durations) Add(app, option);
  app.add_option("--seconds", seconds, "end after so many seconds (default: run until a signal)")
      ->check(CLI::PositiveNumber);
  app.add_option("--log-level", log_level, "least level of the log lines")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  app.add_option("--sysfs", options.local.sysfs_root, "where sysfs is mounted")
      ->capture_default_str();
  app.add_option("--dev", options.local.dev_dir, "where device nodes are")->capture_default_str();
  app.add_option("--bsg-dir", bsg_dir,
                 "where the bsg nodes of devices are (default: bsg, in the directory of --dev)");
  app.add_option("--passthrough", passthrough,
                 "how devices are reached: the best way for each, or only the one named")
      ->check(CLI::IsMember({"auto", "bsg_uring", "sg_async"}))
      ->capture_default_str();
  app.add_option("--simulated", options.simulated_paths,
                 "watch a simulated fabric with so many paths instead of this host's")
      ->check(CLI::Range(1u, kSimulatedPathsMax));
  app.add_option("--simulated-seed", options.simulated_seed,
                 "what the simulated faults are drawn from")
      ->capture_default_str();
  app.add_flag("!--simulated-calm", options.simulated_faults, "no simulated faults");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream problem;
    const int status = app.exit(error, out, problem);
    if (status == 0) return CommandLineText{0, out.str()};
    return CommandLineText{kUsageStatus, absl::StrCat("pathwatchd: ", problem.str())};
  }
  for (const DurationOption& option : durations) {
    absl::Duration parsed;
    absl::ParseDuration(option.text, &parsed);
    *option.value = absl::ToInt64Nanoseconds(parsed);
  }
  options.local.bsg_dir = bsg_dir.empty() ? options.local.dev_dir + "/bsg" : bsg_dir;
  if (passthrough == "bsg_uring") options.local.ordered = PW_PASSTHROUGH_BSG_URING;
  if (passthrough == "sg_async") options.local.ordered = PW_PASSTHROUGH_SG_ASYNC;
  if (const auto level = LogLevelOf(log_level)) options.log.level = *level;
  options.run_for_ns = static_cast<health::DurationNs>(seconds * 1e9);
  return options;
}

}  // namespace pathwatch::service
