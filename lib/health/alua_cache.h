// The target port groups of one logical unit, as REPORT TARGET PORT GROUPS has told them.
//
// A reading is a round of one or more replies, since some targets list only the groups of the
// port that was asked: BeginRound(), Absorb() for each reply, EndRound(). Replies that were cut
// or broken never get here.
//
// Thread rule: none of its own; part of the core.
#ifndef PATHWATCH_LIB_HEALTH_ALUA_CACHE_H_
#define PATHWATCH_LIB_HEALTH_ALUA_CACHE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "lib/health/time.h"
#include "lib/scsi/rtpg.h"

namespace pathwatch::health {

struct GroupState {
  scsi::PortGroup group;
  TimeNs since_ns = 0;                // in this access state
  TimeNs transition_deadline_ns = 0;  // when a transition has lasted too long; 0: in none
  bool in_round = false;              // was in a reply of the present (or last) round
};

class AluaCache {
 public:
  void BeginRound();
  // Takes over the groups of a reply. `default_limit_ns` is how long a transition may take if no
  // reply has said so. True if the state or the preference of a group changed, or one is new.
  bool Absorb(const scsi::Rtpg& reply, TimeNs now_ns, DurationNs default_limit_ns);
  // What a reply has said besides its groups.
  void NoteTransitionTime(std::uint8_t seconds);
  // Drops groups that no reply of the round had, but for those that are still needed. True if
  // there were any.
  bool EndRound(const std::function<bool(std::uint16_t)>& needed);
  // The array says that it is in transition and cannot report. True if that is a change.
  bool SetTransitioning(std::uint16_t id, TimeNs now_ns, DurationNs default_limit_ns);

  // nullptr if there is no such group.
  const GroupState* Find(std::uint16_t id) const;
  bool InRound(std::uint16_t id) const;
  // In the order in which they were first seen.
  const std::vector<GroupState>& groups() const { return groups_; }
  // What the array has given as the longest implicit transition; 0: nothing.
  DurationNs implicit_transition_ns() const { return implicit_transition_ns_; }
  DurationNs TransitionLimit(DurationNs default_limit_ns) const;
  // The array has more groups than the cache takes.
  bool cut() const { return cut_; }

 private:
  bool Put(const scsi::PortGroup& group, TimeNs now_ns, DurationNs limit_ns);

  std::vector<GroupState> groups_;
  DurationNs implicit_transition_ns_ = 0;
  bool cut_ = false;
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_ALUA_CACHE_H_
