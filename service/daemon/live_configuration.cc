#include "service/daemon/live_configuration.h"

#include <algorithm>
#include <utility>

#include "lib/config/differences.h"
#include "lib/config/load_files.h"

namespace pathwatch::service {
namespace {

// Lines about one reload; more would only hide what the log had to say before.
constexpr std::size_t kLinesMax = 20;

// In a process of its own. What is wrong with the files is found out there, however long that
// takes; the loop only has to look at files that are good.
config::SourceFiles ReadAndCheck(const ConfigurationSource& source) {
  config::SourceFiles files = config::ReadSourceFiles(source.main_file, source.must_exist);
  config::Loaded loaded = config::LoadFiles(files, source.command_line);
  if (!loaded.problems.empty()) return {{}, std::move(loaded.problems)};
  return files;
}

}  // namespace

LiveConfiguration::LiveConfiguration(ring::Loop& loop, ConfigurationSource source,
                                     config::Configuration configuration, Log& log,
                                     ConfigurationListener& listener)
    : loop_(loop),
      source_(std::move(source)),
      started_with_(configuration),
      configuration_(std::move(configuration)),
      log_(log),
      listener_(listener),
      reader_(
          loop, source_.main_file, [this] { return ReadAndCheck(source_); },
          ConfigReader::kTimeLimitNs, *this) {
  counters_.since_ns = loop_.now_ns();
}

std::uint64_t LiveConfiguration::Reload() {
  counters_.tried_ns = loop_.now_ns();
  // What runs already may have read before the caller's change: it is read once more after that.
  const std::uint64_t served_by = ended() + (reader_.running() ? 2 : 1);
  if (source_.main_file.empty()) {
    OnFilesRead({});
  } else {
    reader_.Start();
  }
  return served_by;
}

void LiveConfiguration::OnFilesRead(config::SourceFiles files) {
  config::Loaded loaded = config::LoadFiles(std::move(files), source_.command_line);
  if (!loaded.problems.empty()) {
    Fail(loaded.problems);
    return;
  }
  Report(loaded.configuration);
  configuration_ = std::move(loaded.configuration);
  ++counters_.reloads;
  counters_.since_ns = loop_.now_ns();
  counters_.has_failed = false;
  problems_.clear();
  listener_.OnConfigured();
  listener_.OnReloadEnded();
}

void LiveConfiguration::Fail(std::span<const config::Problem> problems) {
  ++counters_.failed;
  counters_.has_failed = true;
  problems_.clear();
  for (const config::Problem& problem : problems) problems_.push_back(config::TextOf(problem));
  for (std::size_t i = 0; i < std::min(problems_.size(), kLinesMax); ++i) {
    log_.Error("configuration: {}", problems_[i]);
  }
  log_.Error("the configuration was not changed, problems: {}; 'pathwatch config check' lists them",
             problems_.size());
  listener_.OnReloadEnded();
}

void LiveConfiguration::Report(const config::Configuration& next) {
  const auto changes = config::Differences(configuration_, next);
  log_.Info("the configuration was read again, files: {}, options set in them: {}, changes: {}",
            next.files(), next.settings(), changes.size());
  for (std::size_t i = 0; i < std::min(changes.size(), kLinesMax); ++i) {
    log_.Info("configuration: {}", changes[i].text);
  }
  for (const config::Difference& difference : config::Differences(started_with_, next)) {
    const config::Option& option = config::OptionOf(difference.id);
    if (option.reloadable) continue;
    log_.Warn("configuration: {}: takes effect at the next start of {}", difference.text,
              option.exporter ? "pathwatch-exporter" : "pathwatchd");
  }
}

}  // namespace pathwatch::service
