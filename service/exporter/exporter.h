// pathwatch-exporter, from its options to its end.
#ifndef PATHWATCH_SERVICE_EXPORTER_EXPORTER_H_
#define PATHWATCH_SERVICE_EXPORTER_EXPORTER_H_

#include "service/exporter/log.h"
#include "service/exporter/options.h"
#include "service/exporter/stop_signals.h"

namespace pathwatch::exporter {

// Serves until a signal says to stop; while it cannot listen it tries again. Then it ends the
// process with status 0, whatever clients are waiting for: there is nothing to be saved.
[[noreturn]] void RunExporter(const ExporterOptions& options, const StopSignals& stop,
                              const Log& log);

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_EXPORTER_H_
