// Why a line was written, in one short word that does not change: what operators filter by.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_CAUSE_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_CAUSE_H_

#include <cstdint>
#include <string_view>

#include "lib/health/state.h"

namespace pathwatch::service {

enum class LogCause : std::uint8_t {
  kNone,  // the line is about no path and no nexus, or happens once
  // The path is in that state now; in the order of health::State.
  kStateUnknown,
  kStateUp,
  kStateGhost,
  kStateTransitioning,
  kStateUnavailable,
  kStateDown,
  kStateNoAnswer,
  kStateUnmapped,
  kStateWrongLu,
  kStateRemoved,
  kOpenFailed,        // the path cannot be checked: its node cannot be opened
  kOpened,            // it can be again
  kBsgNonsense,       // a reply through the bsg node contradicted itself
  kNexusSilent,       // nothing on the I_T nexus answers
  kNexusAnswers,      // it answers again
  kIdentityAccepted,  // an operator has accepted another logical unit
  kDmFailed,          // device mapper has failed the path
  kDmReinstated,      // device mapper uses the path again
};

// "state_no_answer", "open_failed", ...; empty for kNone.
std::string_view Name(LogCause cause);

LogCause CauseOf(health::State state);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_CAUSE_H_
