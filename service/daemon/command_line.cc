#include "service/daemon/command_line.h"

#include <sstream>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "lib/config/load_files.h"
#include "lib/config/option.h"
#include "service/option_arguments.h"
#include "service/version.h"

namespace pathwatch::service {
namespace {

constexpr int kUsageStatus = 2;
constexpr std::uint32_t kSimulatedPathsMax = 4'000'000;

// What is wrong with it, a line each; empty if nothing is.
std::string Load(DaemonOptions& options) {
  config::Loaded loaded = config::LoadFiles(options.source.main_file, options.source.must_exist,
                                            options.source.command_line);
  std::string text;
  for (const config::Problem& problem : loaded.problems) {
    absl::StrAppend(&text, "pathwatchd: ", config::TextOf(problem), "\n");
  }
  options.configuration = std::move(loaded.configuration);
  return text;
}

}  // namespace

std::variant<DaemonOptions, CommandLineText> ParseCommandLine(int argc, const char* const* argv) {
  DaemonOptions options;
  double seconds = 0;
  CLI::App app{"pathwatchd watches the SCSI paths of this host and publishes their state."};
  app.set_version_flag("--version", absl::StrCat("pathwatchd ", std::string(kVersion)));
  const CLI::Option* file =
      app.add_option("--config", options.source.main_file,
                     "the configuration; files in conf.d beside it come after it, '' is none. What "
                     "the command line says wins over files")
          ->capture_default_str();
  app.add_option("--seconds", seconds, "end after so many seconds (default: run until a signal)")
      ->check(CLI::PositiveNumber);
  app.add_option("--simulated", options.simulated_paths,
                 "watch a simulated fabric with so many paths instead of this host's")
      ->check(CLI::Range(1u, kSimulatedPathsMax));
  app.add_option("--simulated-seed", options.simulated_seed,
                 "what the simulated faults are drawn from")
      ->capture_default_str();
  app.add_flag("!--simulated-calm", options.simulated_faults, "no simulated faults");
  OptionArguments arguments(app);
  for (const config::Option& option : config::Options()) {
    if (option.type != config::Type::kPathRules && !option.exporter) arguments.Add(option);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream problem;
    const int status = app.exit(error, out, problem);
    if (status == 0) return CommandLineText{0, out.str()};
    return CommandLineText{kUsageStatus, absl::StrCat("pathwatchd: ", problem.str())};
  }
  options.source.must_exist = file->count() > 0;
  options.source.command_line = arguments.Given();
  options.run_for_ns = static_cast<health::DurationNs>(seconds * 1e9);
  if (std::string problems = Load(options); !problems.empty()) {
    return CommandLineText{kUsageStatus, std::move(problems)};
  }
  return options;
}

}  // namespace pathwatch::service
