// Everything that the core can ask for. lib/README.md lists the same page for readers.
#ifndef PATHWATCH_LIB_HEALTH_ACTION_H_
#define PATHWATCH_LIB_HEALTH_ACTION_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "lib/health/ids.h"
#include "lib/health/state.h"
#include "lib/health/time.h"

namespace pathwatch::health {

// Send TEST UNIT READY to the path, and answer with exactly one CommandDone.
struct StartCheck {
  PathId path = kNone;
  CommandId command = 0;
  std::uint32_t timeout_ms = 0;  // for the kernel; long, see Options::deadline_ns
  DurationNs late_ns = 0;        // how long the check had to wait after it was due
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

using Action =
    std::variant<StartCheck, PathUpdated, StateChanged, NexusSilence, RescanWanted, Forget>;

// What one or more steps ask for, in order. The caller owns it, carries it out and clears `list`.
struct Actions {
  std::vector<Action> list;
  // The time of the next Tick at the latest; kNever if nothing is due.
  TimeNs wake_ns = kNever;
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_ACTION_H_
