// Everything that the core can be told. lib/README.md lists the same page for readers.
#ifndef PATHWATCH_LIB_HEALTH_EVENT_H_
#define PATHWATCH_LIB_HEALTH_EVENT_H_

#include <cstdint>
#include <optional>
#include <variant>

#include "lib/health/ids.h"
#include "lib/health/state.h"
#include "lib/scsi/reply.h"

namespace pathwatch::health {

// A SCSI host exists, or its limits have changed.
struct HostFound {
  HostId host = kNone;
  std::uint32_t can_queue = 0;  // commands that its driver takes at once; 0 = not known
};

// A device to watch exists: for a new id, or for the id of a removed path that has come back.
// REQUIRES: HostFound came before for its host.
struct PathFound {
  PathId path = kNone;
  HostId host = kNone;
  NexusId nexus = kNone;
  LunId lun = kNone;
  std::uint32_t command_timeout_ms = 30'000;  // what the kernel is given
  // What the daemon before this one has published for the same device.
  std::optional<Standing> restored;
};

// The kernel has deleted the device. A command of it may still be out.
struct PathGone {
  PathId path = kNone;
};

// A command that was started has come back, or could not be sent at all (reply.error).
// reply.sense is only read during the step.
struct CommandDone {
  PathId path = kNone;
  CommandId command = 0;
  scsi::Reply reply;
  bool sent = true;  // false: the device node could not be opened
};

// Somebody wants this path checked without waiting for its turn. Ends its back-off.
struct CheckNow {
  PathId path = kNone;
};

// Time has passed: at or after Actions::wake_ns.
struct Tick {};

using Event = std::variant<Tick, HostFound, PathFound, PathGone, CommandDone, CheckNow>;

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_EVENT_H_
