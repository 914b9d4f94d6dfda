// A process that makes one text, for work that may sleep in the kernel and never come back.
//
// Thread rule: loop thread only; the process has no other thread.
#ifndef PATHWATCH_SERVICE_DAEMON_WRITER_PROCESS_H_
#define PATHWATCH_SERVICE_DAEMON_WRITER_PROCESS_H_

#include <sys/types.h>

#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::service {

struct WriterProcess {
  pid_t pid = 0;  // to be reaped by the caller
  int pipe = -1;  // its text can be read here, non-blocking, up to the end of file; the caller's
};

// Forks. The child has none of the descriptors of this process, so that it keeps neither the ring
// nor a device node nor a lock alive; it ends with this process; it ignores SIGHUP and dies of
// every other signal as usual. It calls `make`, writes what that returns and ends without
// destructors. It shares the memory of this process as it is now: `make` touches only what it
// brings along.
//
// On failure: why no process could be started, with the remedy.
absl::StatusOr<WriterProcess> StartWriterProcess(const std::function<std::string()>& make);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_WRITER_PROCESS_H_
