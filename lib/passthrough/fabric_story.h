// What goes wrong in the simulated fabric, and when: a pure function of the seed and the time.
//
// Time is cut into episodes, a little shifted for each path, nexus and array; in each episode each
// of them may have a fault. They are counted from the start, so the same seed tells the same story
// whenever it begins.
//
// Thread rule: immutable after construction but for Hold(); any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_FABRIC_STORY_H_
#define PATHWATCH_LIB_PASSTHROUGH_FABRIC_STORY_H_

#include <array>
#include <cstdint>
#include <vector>

#include "lib/health/time.h"
#include "lib/passthrough/fabric_layout.h"
#include "lib/passthrough/fabric_options.h"

namespace pathwatch::passthrough {

enum class PathFault : std::uint8_t {
  kNone,
  kSilent,       // no answer until the fault is over
  kNoConnect,    // DID_NO_CONNECT
  kStandby,      // the port itself says 02/04/0B, whatever its group is
  kUnavailable,  // 02/04/0C, likewise
  kUnmapped,     // 05/25/00
  kAttention,    // now and then a unit attention, otherwise well
  kSlow,         // seconds, but within any reasonable deadline
};

struct LinkFault {
  enum class Kind : std::uint8_t { kNone, kSilent, kDown };
  Kind kind = Kind::kNone;
  bool noticed = false;  // the kernel knows of it
};

struct Episode {
  std::int64_t number = 0;
  health::TimeNs begin_ns = 0;
};

// One controller of an array fails: the other one takes its logical units over, and gives them
// back in the end.
struct Failover {
  enum class Phase : std::uint8_t {
    kNone,
    kLeaving,    // port groups are in transition
    kAway,       // the controller is not there
    kRestarted,  // it is there again, but not in charge
    kReturning,  // port groups are in transition
  };
  Phase phase = Phase::kNone;
  std::uint32_t controller = 0;  // that fails
  health::TimeNs since_ns = 0;   // of the phase; kNone: 0 if not known
  Episode episode;               // of the array
};

class FabricStory {
 public:
  FabricStory(const FabricOptions& options, std::uint32_t nexuses);

  PathFault PathFaultAt(health::TimeNs now_ns, std::uint32_t path) const;
  LinkFault LinkFaultAt(health::TimeNs now_ns, std::uint32_t nexus) const;
  Failover FailoverAt(health::TimeNs now_ns, std::uint32_t array) const;
  // `failover` is that of the array now. One of its phases began after `then_ns`.
  bool FailoverMoved(health::TimeNs then_ns, std::uint32_t array, const Failover& failover) const;
  // The units of an array share its episodes.
  bool FormattedIn(const Episode& episode, std::uint32_t unit) const;
  bool RemappedAt(health::TimeNs now_ns, std::uint32_t path) const;
  // REQUIRES: `path` has LUN 0.
  bool Lun0UnmappedAt(health::TimeNs now_ns, std::uint32_t path) const;

  // When the silence of a path that is silent now ends; kNever: not at all.
  health::TimeNs EndOfSilence(health::TimeNs now_ns, std::uint32_t path, std::uint32_t nexus) const;
  // A number in [0, 2^64) for the command that reaches the path at that time.
  std::uint64_t Chance(std::uint32_t path, health::TimeNs now_ns) const;

  // See Fabric::Hold().
  void Hold(health::TimeNs when_ns) { hold_ns_ = when_ns; }

 private:
  // Keeps draws for different purposes apart.
  enum Purpose : std::uint8_t {
    kPathFaults,
    kPathKinds,
    kPathShift,
    kNexusFaults,
    kNexusShift,
    kCommands,
    kArrayFaults,
    kArrayShift,
    kUnitFaults,
    kRemapped,
    kUnmapped,
    kPurposes,
  };

  std::uint64_t Draw(Purpose purpose, std::uint64_t first, std::uint64_t second) const;
  // How much earlier than at the multiples of their length the episodes of something begin.
  health::DurationNs Shift(Purpose purpose, std::uint32_t of) const;
  Episode EpisodeAt(health::TimeNs now_ns, health::DurationNs shift) const;
  health::TimeNs Held(health::TimeNs now_ns) const;
  bool SilentAt(health::TimeNs now_ns, std::uint32_t path, std::uint32_t nexus) const;
  std::uint64_t ArrayDraw(std::uint32_t array, std::int64_t episode) const;
  Failover FailoverIn(health::TimeNs now_ns, std::uint32_t array) const;
  bool Changed(health::TimeNs now_ns, Purpose purpose, std::uint32_t path, double fraction) const;

  const FabricOptions options_;
  const health::DurationNs transition_ns_;
  std::array<std::uint64_t, kPurposes> salts_;
  // Kept, as they are asked for with every command.
  std::array<health::DurationNs, kArrays> array_shifts_;
  std::vector<health::DurationNs> nexus_shifts_;
  health::TimeNs hold_ns_ = health::kNever;
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_FABRIC_STORY_H_
