#include "service/exporter/exporter.h"

#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "fmt/format.h"
#include "lib/metrics/state_collector.h"
#include "service/exporter/expositions.h"
#include "service/exporter/http_server.h"
#include "service/exporter/state_watch.h"
#include "service/version.h"

namespace pathwatch::exporter {
namespace {

constexpr std::chrono::seconds kPause(2);

// nullptr: stopped before it could. Each reason why it cannot is said once.
std::unique_ptr<HttpServer> Listen(const ExporterOptions& options, Expositions& expositions,
                                   const StopSignals& stop, const Log& log) {
  std::string said;
  while (true) {
    auto server = HttpServer::Start(options.listen, options.request_timeout_ns, expositions);
    if (server.ok()) return *std::move(server);
    if (std::string why(server.status().message()); why != said) {
      log.Warn(fmt::format("{}; trying again every {} s", why, kPause.count()));
      said = std::move(why);
    }
    if (stop.WaitFor(kPause)) return nullptr;
  }
}

}  // namespace

void RunExporter(const ExporterOptions& options, const StopSignals& stop, const Log& log) {
  const metrics::StateCollector collector({.state_file = options.state_file,
                                           .version = std::string(kVersion),
                                           .per_path = options.per_path,
                                           .all_paths_max = options.all_paths_max});
  const StateWatch watch(collector, options.state_file, log);
  Expositions expositions(watch);
  // Says at once if there is nothing to serve.
  expositions.Get();
  const std::unique_ptr<HttpServer> server = Listen(options, expositions, stop, log);
  if (server != nullptr) {
    log.Info(fmt::format("serving http://{}:{}/metrics from {}", options.listen.ip, server->port(),
                         options.state_file));
    stop.Wait();
  }
  log.Info("stopped by a signal");
  // Not by the server's destructor: its threads take up to 2 s to notice.
  _exit(0);
}

}  // namespace pathwatch::exporter
