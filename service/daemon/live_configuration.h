// The configuration in force, and its replacement while the daemon runs: all files are read and
// checked, and only if nothing is wrong with any of them the new configuration takes the place of
// the old one, at once.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_LIVE_CONFIGURATION_H_
#define PATHWATCH_SERVICE_DAEMON_LIVE_CONFIGURATION_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/source_files.h"
#include "lib/ring/loop.h"
#include "service/daemon/config_reader.h"
#include "service/daemon/log.h"
#include "service/daemon/reload_counters.h"

namespace pathwatch::service {

class ConfigurationListener {
 public:
  // The configuration in force is another object, maybe with the same values.
  virtual void OnConfigured() = 0;
  // A reload has ended, one way or the other; after OnConfigured.
  virtual void OnReloadEnded() = 0;

 protected:
  ~ConfigurationListener() = default;
};

// Where a configuration comes from.
struct ConfigurationSource {
  std::string main_file = std::string(config::kDefaultFile);  // empty: there are no files
  bool must_exist = false;
  config::CommandLine command_line;
};

class LiveConfiguration final : private ConfigReader::Listener {
 public:
  // `configuration` is in force from the beginning. The references are not owned; this object
  // outlives `loop`.
  LiveConfiguration(ring::Loop& loop, ConfigurationSource source,
                    config::Configuration configuration, Log& log, ConfigurationListener& listener);

  const config::Configuration& now() const { return configuration_; }
  const ReloadCounters& counters() const { return counters_; }

  // Reads the files again, beside the loop. The outcome is logged and counted, and the listener
  // hears of it; that may happen before this returns. The request is served when so many reloads
  // have ended as is returned.
  std::uint64_t Reload();
  std::uint64_t ended() const { return counters_.reloads + counters_.failed; }
  // A sentence for each problem of the reload that ended last; none if it took effect.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  void OnFilesRead(config::SourceFiles files) override;
  void Fail(std::span<const config::Problem> problems);
  void Report(const config::Configuration& next);

  ring::Loop& loop_;
  const ConfigurationSource source_;
  // What options that need another start have been since this one.
  const config::Configuration started_with_;
  config::Configuration configuration_;
  Log& log_;
  ConfigurationListener& listener_;
  ReloadCounters counters_;
  std::vector<std::string> problems_;
  ConfigReader reader_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LIVE_CONFIGURATION_H_
