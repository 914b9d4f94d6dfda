#include "service/exporter/command_line.h"

#include <sstream>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "lib/config/configuration.h"
#include "lib/config/load_files.h"
#include "lib/config/option.h"
#include "lib/config/source_files.h"
#include "service/option_arguments.h"
#include "service/version.h"

namespace pathwatch::exporter {
namespace {

using config::OptionId;

constexpr int kUsageStatus = 2;

metrics::PerPath PerPathNamed(const std::string& word) {
  if (word == "all") return metrics::PerPath::kAll;
  if (word == "problem") return metrics::PerPath::kProblem;
  if (word == "none") return metrics::PerPath::kNone;
  return metrics::PerPath::kAuto;
}

ExporterOptions OptionsOf(const config::Configuration& configuration) {
  ExporterOptions options;
  options.state_file = configuration.Text(OptionId::kRunDir) + "/state";
  // The table admits no other text than those that this takes.
  options.listen =
      config::ParseListenAddress(configuration.Text(OptionId::kListen)).value_or(options.listen);
  options.per_path = PerPathNamed(configuration.Text(OptionId::kPerPath));
  options.all_paths_max = static_cast<std::uint32_t>(configuration.Number(OptionId::kAllPathsMax));
  options.request_timeout_ns = configuration.Number(OptionId::kRequestTimeout);
  return options;
}

CommandLineText Refusal(const std::vector<config::Problem>& problems) {
  CommandLineText refusal{kUsageStatus, {}};
  for (const config::Problem& problem : problems) {
    absl::StrAppend(&refusal.text, "pathwatch-exporter: ", config::TextOf(problem), "\n");
  }
  return refusal;
}

}  // namespace

std::variant<ExporterOptions, CommandLineText> ParseCommandLine(int argc, const char* const* argv) {
  std::string main_file(config::kDefaultFile);
  CLI::App app{
      "pathwatch-exporter serves what pathwatchd publishes to Prometheus, over HTTP at /metrics. "
      "It only reads the published state, and needs no right but that."};
  app.set_version_flag("--version", absl::StrCat("pathwatch-exporter ", std::string(kVersion)));
  const CLI::Option* file =
      app.add_option("--config", main_file,
                     "the configuration; files in conf.d beside it come after it, '' is none. What "
                     "the command line says wins over files")
          ->capture_default_str();
  service::OptionArguments arguments(app);
  for (const config::Option& option : config::Options()) {
    if (option.id == OptionId::kRunDir || option.exporter) arguments.Add(option);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream problem;
    const int status = app.exit(error, out, problem);
    if (status == 0) return CommandLineText{0, out.str()};
    return CommandLineText{kUsageStatus, absl::StrCat("pathwatch-exporter: ", problem.str())};
  }
  const config::Loaded loaded = config::LoadFiles(main_file, file->count() > 0, arguments.Given());
  if (!loaded.problems.empty()) return Refusal(loaded.problems);
  return OptionsOf(loaded.configuration);
}

}  // namespace pathwatch::exporter
