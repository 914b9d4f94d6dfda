// pathwatch-exporter: see --help.
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <variant>

#include "service/exporter/command_line.h"
#include "service/exporter/exporter.h"
#include "service/exporter/log.h"
#include "service/exporter/stop_signals.h"

namespace pathwatch::exporter {
namespace {

// A scrape may take a good part of a second of one core, and must not take it from the checks, nor
// from what the host is there for.
void YieldToOthers() {
  constexpr int kNice = 10;
  setpriority(PRIO_PROCESS, 0, std::max(kNice, getpriority(PRIO_PROCESS, 0)));
}

// Collections happen in whichever thread a client has got. With an arena for each, what one thread
// has freed is of no use to the next, and the process grows with the number of threads; with a
// threshold that follows the largest block, texts would leave holes instead of being given back.
void KeepMemoryFlat() {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

int Main(int argc, const char* const* argv) {
  const auto parsed = ParseCommandLine(argc, argv);
  if (const auto* text = std::get_if<CommandLineText>(&parsed)) {
    std::fputs(text->text.c_str(), text->exit_status == 0 ? stdout : stderr);
    return text->exit_status;
  }
  KeepMemoryFlat();
  YieldToOthers();
  std::signal(SIGPIPE, SIG_IGN);  // clients go when they like
  const StopSignals stop;
  const Log log(STDERR_FILENO, std::getenv("JOURNAL_STREAM"));  // NOLINT: one thread
  RunExporter(std::get<ExporterOptions>(parsed), stop, log);
}

}  // namespace
}  // namespace pathwatch::exporter

int main(int argc, char** argv) {
  try {
    return pathwatch::exporter::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pathwatch-exporter: %s\n", error.what());
    return 1;
  }
}
