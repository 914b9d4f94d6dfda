// The exit codes of the command `pathwatch`. Scripts rely on them: do not change these values.
#ifndef PATHWATCH_SERVICE_CLI_EXIT_CODE_H_
#define PATHWATCH_SERVICE_CLI_EXIT_CODE_H_

namespace pathwatch::cli {

enum ExitCode : int {
  kExitOk = 0,
  kExitDegraded = 1,      // `status` only: a path that is not usable
  kExitNoPath = 2,        // `status` only: a logical unit without a usable path
  kExitWarning = 1,       // `doctor` only: the worst finding is a warning
  kExitProblem = 2,       // `doctor` and `config` only: a problem was found
  kExitNoData = 3,        // the published state is missing, stale or partly unreadable
  kExitUnknownPath = 4,   // a PATH names no path, a WWID no logical unit, or an OPTION no option
  kExitNotDelivered = 5,  // the daemon did not take the request; `probe`: no verdict on a path
  kExitNotWrongLu = 6,    // `accept-identity` only: the path has no new identity to accept
  kExitUsage = 64,        // EX_USAGE of sysexits.h, since 2 is taken by `status`
  kExitInternal = 70,     // EX_SOFTWARE
  kExitCannotWrite = 74,  // EX_IOERR: the output could not be written
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_EXIT_CODE_H_
