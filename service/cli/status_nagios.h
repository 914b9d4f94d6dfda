// `pathwatch status --nagios`: the status as a plugin of Nagios, Icinga or their like prints it.
#ifndef PATHWATCH_SERVICE_CLI_STATUS_NAGIOS_H_
#define PATHWATCH_SERVICE_CLI_STATUS_NAGIOS_H_

#include "service/cli/context.h"

namespace pathwatch::cli {

// Prints "PATHWATCH OK - <sentence> | <performance data>", and below it a line for each of the
// worst paths. Returns 0 (OK), 1 (WARNING: degraded), 2 (CRITICAL: a logical unit without a usable
// path) or 3 (UNKNOWN: no or stale data, and why; also on context.out, which is all that is read).
int RunStatusNagios(const Context& context);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_STATUS_NAGIOS_H_
