// pathwatchd: see --help.
#include <cstdio>
#include <exception>
#include <string>
#include <variant>

#include "service/daemon/command_line.h"
#include "service/daemon/daemon.h"
#include "service/daemon/totals.h"

namespace pathwatch::service {
namespace {

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "pathwatchd: %s\n", std::string(status.message()).c_str());
  return 1;
}

int RunDaemon(const DaemonOptions& options) {
  auto daemon = Daemon::Create(options);
  if (!daemon.ok()) return Fail(daemon.status());
  const absl::Status ran = (*daemon)->Run();
  if (!ran.ok()) return Fail(ran);
  if (options.simulated_paths > 0 && options.run_for_ns > 0) {
    const auto published =
        PublishedTotals(options.configuration.Text(config::OptionId::kRunDir) + "/state");
    if (!published.ok()) return Fail(published.status());
    std::printf("published %s | truth %s\n", TotalsText(*published).c_str(),
                TotalsText((*daemon)->Truth()).c_str());
  }
  return 0;
}

int Main(int argc, const char* const* argv) {
  const auto parsed = ParseCommandLine(argc, argv);
  if (const auto* text = std::get_if<CommandLineText>(&parsed)) {
    std::fputs(text->text.c_str(), text->exit_status == 0 ? stdout : stderr);
    return text->exit_status;
  }
  return RunDaemon(std::get<DaemonOptions>(parsed));
}

}  // namespace
}  // namespace pathwatch::service

int main(int argc, char** argv) {
  try {
    return pathwatch::service::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pathwatchd: %s\n", error.what());
    return 1;
  }
}
