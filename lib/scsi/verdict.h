// From a TEST UNIT READY's reply to its meaning for the path.
//
// The table is data (verdict_table.h): one row per SCSI status, host status, errno and sense
// code. Lasting states and transient results are different types, so
// nobody can store a "try again".
#ifndef PATHWATCH_LIB_SCSI_VERDICT_H_
#define PATHWATCH_LIB_SCSI_VERDICT_H_

#include <cstdint>
#include <variant>

#include "lib/scsi/code.h"
#include "lib/scsi/reply.h"

namespace pathwatch::scsi {

// A state that a reply by itself can put a path into.
enum class Condition : std::uint8_t {
  kUp,             // the logical unit executes commands through this path
  kGhost,          // standby: the array accepts the path, not yet medium access
  kTransitioning,  // on its way to another state; ask again soon
  kUnavailable,    // the target port group is unavailable or offline
  kDown,           // commands through this path fail
  kUnmapped,       // no such logical unit behind this LUN any more
};

// How far the fault goes: if it is the logical unit's, every path will say the same.
enum class Reach : std::uint8_t { kPath, kLogicalUnit };

// The reply settles the state.
struct Lasting {
  Condition condition;
  Reach reach = Reach::kPath;
  friend bool operator==(const Lasting&, const Lasting&) = default;
};

// The reply settles nothing and says nothing about the path (an own mistake, missing rights, a
// vendor's code): the state stays, the reason is reported.
struct NoOpinion {
  friend bool operator==(const NoOpinion&, const NoOpinion&) = default;
};

// Ask again soon; after too many in a row, `exhausted` counts.
struct RetryNow {
  bool at_once = false;  // unit attention: no pause needed
  std::variant<Lasting, NoOpinion> exhausted = Lasting{Condition::kDown};
  friend bool operator==(const RetryNow&, const RetryNow&) = default;
};

// Ask again a little later, the state stays meanwhile; after too many in a row the path is down,
// but only if `may_end_down` (a full queue is never a path's fault).
struct RetryLater {
  bool may_end_down = true;
  Reach reach = Reach::kPath;
  friend bool operator==(const RetryLater&, const RetryLater&) = default;
};

using Verdict = std::variant<Lasting, RetryNow, RetryLater, NoOpinion>;

// What else the reply asks for, as a set of bits.
enum FollowUp : std::uint8_t {
  kFollowNone = 0,
  kFollowRtpg = 1,       // re-read the target port groups of the logical unit
  kFollowIdentity = 2,   // re-read INQUIRY and VPD page 83h
  kFollowLuns = 4,       // re-read REPORT LUNS once per I_T nexus
  kFollowTransport = 8,  // look at the transport's and the device's state in sysfs
  kFollowCount = 16,     // worth a counter
  kFollowMarginal = 32,  // mark the path marginal, on behalf of its transport
  // As kFollowRtpg, but only if the cached access state says otherwise than this reply.
  kFollowRtpgIfDiffers = 64,
  // The path must not be used before its identity was read again.
  kFollowHold = 128,
};

struct Judgement {
  Verdict verdict;
  std::uint8_t follow_ups = kFollowNone;  // FollowUp
  Code code;

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

// Judges the reply to a TEST UNIT READY. Never fails: what no row knows is NoOpinion.
Judgement Judge(const Reply& reply);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_VERDICT_H_
