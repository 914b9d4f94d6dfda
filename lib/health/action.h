// Everything that the core can ask for. lib/README.md lists the same page for readers.
#ifndef PATHWATCH_LIB_HEALTH_ACTION_H_
#define PATHWATCH_LIB_HEALTH_ACTION_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "lib/health/ids.h"
#include "lib/health/state.h"
#include "lib/health/time.h"
#include "lib/scsi/cdb.h"

namespace pathwatch::health {

// Send the command to the path, and answer with exactly one CommandDone.
struct StartCommand {
  PathId path = kNone;
  CommandId command = 0;
  scsi::Cdb cdb;
  std::uint32_t data_length = 0;  // bytes that the reply may have; 0: no data phase
  std::uint32_t timeout_ms = 0;   // for the kernel; long, see Options::deadline_ns
  DurationNs late_ns = 0;         // how long a check had to wait after it was due
};

// Read what the kernel says of the device and its port, and answer with TransportSeen.
struct LookAtTransport {
  PathId path = kNone;
};

// Something of the path is to be published again (last check, latency, state, ...).
struct PathUpdated {
  PathId path = kNone;
};

// The path's lasting state has changed; a PathUpdated follows.
struct StateChanged {
  PathId path = kNone;
  Standing from;
  Standing to;
  Cause cause = Cause::kCheck;
};

// Something of the port groups of a logical unit is to be published again.
struct PortGroupsUpdated {
  LunId lun = kNone;
};

// An I_T nexus has stopped answering, or answers again.
struct NexusSilence {
  NexusId nexus = kNone;
  bool silent = false;
};

// The device seems to be gone: look which devices exist.
struct RescanWanted {
  PathId path = kNone;
};

// A removed path has been kept long enough: its id is free.
struct Forget {
  PathId path = kNone;
};

using Action = std::variant<StartCommand, LookAtTransport, PathUpdated, StateChanged,
                            PortGroupsUpdated, NexusSilence, RescanWanted, Forget>;

// What one or more steps ask for, in order. The caller owns it, carries it out and clears `list`.
struct Actions {
  std::vector<Action> list;
  // The time of the next Tick at the latest; kNever if nothing is due.
  TimeNs wake_ns = kNever;
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_ACTION_H_
