// The lasting states of a path, and why it is in one.
#ifndef PATHWATCH_LIB_HEALTH_STATE_H_
#define PATHWATCH_LIB_HEALTH_STATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/health/time.h"
#include "lib/scsi/code.h"

namespace pathwatch::health {

// Do not change these values: they are published (proto/state_table.h).
enum class State : std::uint8_t {
  kUnknown = 0,        // never checked, or no check has said anything yet
  kUp = 1,             // executes commands
  kGhost = 2,          // standby: usable after a failover of the array
  kTransitioning = 3,  // the target port group is changing its state
  kUnavailable = 4,    // the target port group is unavailable or offline
  kDown = 5,           // commands fail
  kNoAnswer = 6,       // the deadline has passed and the command is still out
  kUnmapped = 7,       // no such logical unit behind this LUN any more
  kWrongLu = 8,        // another logical unit than the one that was found
  kRemoved = 9,        // the device was deleted
};
inline constexpr std::size_t kStates = 10;

// How far the fault reaches. Published values, as above.
enum class Scope : std::uint8_t {
  kPath = 0,
  kLogicalUnit = 1,
  kTargetPortGroup = 2,
  kNexus = 3,
  kHost = 4,
};

// What put the path into its state.
enum class ReasonKind : std::uint8_t {
  kNone = 0,                // never checked
  kReply = 1,               // the code of the last reply says it
  kDeadline = 2,            // the command is out for longer than the deadline
  kNexusSilent = 3,         // other commands of the I_T nexus are out for longer than the deadline
  kNoNode = 4,              // the device node cannot be opened; the code holds the errno
  kDeleted = 5,             // the kernel has deleted the device
  kExhausted = 6,           // too many transient replies in a row; the code is the last one
  kPortGroup = 7,           // the state of the target port group decides, not the reply
  kIdentityChanged = 8,     // another logical unit answers
  kNotMapped = 9,           // standard INQUIRY data say that no logical unit is there
  kLunNotReported = 10,     // REPORT LUNS does not list it
  kTransportBlocked = 11,   // the kernel holds commands back while the transport recovers
  kTransportOffline = 12,   // the transport has given the port up
  kDeviceOffline = 13,      // the kernel has set the device offline
  kTransitionTooLong = 14,  // a transition outlasts its limit; the code is the last reply
  kIdentityUnread = 15,     // the identifier has changed and could not be read yet
  kIdentityAccepted = 16,   // an operator has accepted the new identity
  kLeftOut = 17,            // the configuration says not to watch it
};

// What made the core look. Published values, as above.
enum class Cause : std::uint8_t {
  kCheck = 0,
  kRescan = 1,    // the scan for devices
  kOperator = 2,  // somebody's request
};

struct Reason {
  ReasonKind kind = ReasonKind::kNone;
  scsi::Code code;
  friend bool operator==(const Reason&, const Reason&) = default;
};

// A lasting state with its reason: what is published, and what a restarted daemon begins with.
struct Standing {
  State state = State::kUnknown;
  Scope scope = Scope::kPath;
  // True while no check that was sent after the last doubt (restart, lost events, a transient
  // reply) has answered.
  bool unconfirmed = false;
  Reason reason;
  TimeNs since_ns = 0;
  // no_answer only: when the oldest command without an answer was sent, of this path or, with
  // scope nexus, of its nexus; 0 = not known.
  TimeNs unanswered_since_ns = 0;
  friend bool operator==(const Standing&, const Standing&) = default;
};

// A path that the kernel or multipathd may send I/O through, at once or after a failover.
constexpr bool Usable(State state) { return state == State::kUp || state == State::kGhost; }

// The words that users see: "up", "no_answer", "lu", ...
std::string_view Name(State state);
std::string_view Name(Scope scope);
std::string_view Name(Cause cause);

// How many paths are in each state, indexed by State.
using StateCounts = std::array<std::uint32_t, kStates>;

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_STATE_H_
