// What a path that takes commands is, with the access state of its target port group.
#include <algorithm>

#include "lib/health/core.h"

namespace pathwatch::health {
namespace {

using scsi::AccessState;

bool IsActive(AccessState state) {
  return state == AccessState::kOptimized || state == AccessState::kNonOptimized ||
         state == AccessState::kLbaDependent;
}

bool TakesNoCommands(AccessState state) {
  return state == AccessState::kUnavailable || state == AccessState::kOffline ||
         state == AccessState::kTransitioning;
}

}  // namespace

Scope Core::ScopeOfGroup(const Path& path) const {
  return path.status.target_port_group.has_value() ? Scope::kTargetPortGroup : Scope::kPath;
}

void Core::Conclude(PathId id, Actions& out) {
  Path& path = paths_[id];
  const AccessState access = path.status.access_state;
  if (path.said == Said::kUp) {
    ConcludeUp(id, /*may_ask=*/false, out);
  } else if (path.said == Said::kNoOpinion &&
             (access == AccessState::kUnavailable || access == AccessState::kOffline)) {
    Enter(id, State::kUnavailable, ScopeOfGroup(path), {ReasonKind::kPortGroup, path.code}, out);
    path.status.valid_until_ns = ValidUntil(path);
  }
}

// The path takes commands. GOOD does not mean active, and in some states of its group it should
// not have been said: then the groups are read before anything is believed.
void Core::ConcludeUp(PathId id, bool may_ask, Actions& out) {
  Path& path = paths_[id];
  path.awaits_groups = false;
  if (path.unmapped) {
    NotMapped(id, ReasonKind::kNotMapped, out);
    path.wants |= kWantInquiry;
    return;
  }
  if (path.held) {
    Enter(id, State::kUnknown, Scope::kPath, {ReasonKind::kIdentityUnread, path.code}, out);
    path.wants |= kWantInquiry;
    return;
  }
  const AccessState access = path.status.access_state;
  const bool unread = access == AccessState::kUnknown && path.tpgs != 0 &&
                      path.status.standing.state == State::kUnknown;
  if (IsActive(access) || (access == AccessState::kUnknown && !unread)) {
    EndTransition(id, out);
    Enter(id, State::kUp, Scope::kPath, {ReasonKind::kReply, path.code}, out);
    return;
  }
  const bool newer = GroupsAreNewerThanCode(path);
  const bool refuses = TakesNoCommands(access);
  const bool doubtful = !newer && (unread || refuses);
  const bool contradicts = refuses || access == AccessState::kStandby;
  const bool again = contradicts && (!newer || access == AccessState::kTransitioning);
  const bool first = unread && !newer && !GroupsAreAwaited(path.lun);
  if (may_ask && (again || first)) WantGroups(path.lun, out);
  if (doubtful && may_ask && GroupsAreAwaited(path.lun)) {
    path.awaits_groups = true;
    return;
  }
  if (access == AccessState::kStandby) {
    EndTransition(id, out);
    Enter(id, State::kGhost, ScopeOfGroup(path), {ReasonKind::kPortGroup, path.code}, out);
  } else if (newer && access == AccessState::kTransitioning) {
    EnterTransition(id, scsi::Reach::kPath, {ReasonKind::kPortGroup, path.code}, out);
  } else if (newer && refuses) {
    EndTransition(id, out);
    Enter(id, State::kUnavailable, ScopeOfGroup(path), {ReasonKind::kPortGroup, path.code}, out);
  } else {
    EndTransition(id, out);
    Enter(id, State::kUp, Scope::kPath, {ReasonKind::kReply, path.code}, out);
  }
}

bool Core::GroupsAreAwaited(LunId lun) const {
  const Alua* alua = luns_[lun].alua.get();
  return alua != nullptr && (alua->reading.running || alua->reading.wanted);
}

void Core::EnterTransition(PathId id, scsi::Reach reach, const Reason& reason, Actions& out) {
  Path& path = paths_[id];
  const bool begins = path.transition_since_ns == 0;
  if (begins) path.transition_since_ns = now_ns_;
  const bool of_group = reach == scsi::Reach::kPath;
  const Alua* alua = AluaOf(path.lun);
  const DurationNs usual = PolicyOf(path).transition_limit_ns;
  const DurationNs limit =
      of_group && alua != nullptr ? alua->status.cache.TransitionLimit(usual) : usual;
  const TimeNs end = path.transition_since_ns + limit;
  if (now_ns_ >= end) {
    const Reason too_long{ReasonKind::kTransitionTooLong, reason.code};
    if (of_group) {
      Enter(id, State::kUnavailable, ScopeOfGroup(path), too_long, out);
    } else {
      Enter(id, State::kDown, Scope::kLogicalUnit, too_long, out);
    }
    return;
  }
  Enter(id, State::kTransitioning, of_group ? ScopeOfGroup(path) : Scope::kLogicalUnit, reason,
        out);
  const DurationNs pause =
      begins ? options_.transition_first_pause_ns : options_.transition_pause_ns;
  DueAt(id, std::min(now_ns_ + pause, end));
}

void Core::EndTransition(PathId id, Actions& out) {
  Path& path = paths_[id];
  if (path.transition_since_ns == 0) return;
  path.transition_since_ns = 0;
  ReadIdentity(id, /*before_check=*/false, out);
  WantGroups(path.lun, out);
}

}  // namespace pathwatch::health
