#include "lib/health/core.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "lib/health/grow.h"

namespace pathwatch::health {

namespace {

// Their differences count.
std::uint32_t Milliseconds(std::int64_t ns) {
  return static_cast<std::uint32_t>(ns / kMillisecond);
}

}  // namespace

std::uint64_t FailureCounts::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

Core::Core(const Options& options) : options_(options), policies_{options} {}

void Core::Step(TimeNs now_ns, const Event& event, Actions& out) {
  now_ns_ = now_ns;
  const bool rescan =
      std::holds_alternative<PathFound>(event) || std::holds_alternative<PathGone>(event);
  cause_ = rescan                                          ? Cause::kRescan
           : std::holds_alternative<AcceptIdentity>(event) ? Cause::kOperator
                                                           : Cause::kCheck;
  std::visit([&](const auto& what) { On(what, out); }, event);
  out.wake_ns =
      std::min({path_timers_.NextWake(), nexus_timers_.NextWake(), lun_timers_.NextWake()});
}

const AluaStatus* Core::alua(LunId id) const {
  const Alua* alua = luns_[id].alua.get();
  return alua == nullptr ? nullptr : &alua->status;
}

const scsi::LogicalUnitIdentity* Core::found_identity(PathId id) const {
  const auto found = found_identities_.find(id);
  return found == found_identities_.end() ? nullptr : &found->second;
}

std::uint32_t Core::unscanned_luns() const {
  std::uint32_t total = 0;
  for (const Nexus& nexus : nexuses_) total += nexus.unscanned;
  return total;
}

void Core::On(const Tick&, Actions& out) {
  expired_.clear();
  nexus_timers_.Advance(now_ns_, expired_);
  for (const NexusId nexus : expired_) {
    admission_.EndBackOff(nexus, now_ns_);
    StartWaiting(admission_.HostOf(nexus), out);
  }
  expired_.clear();
  lun_timers_.Advance(now_ns_, expired_);
  for (const LunId lun : expired_) LunIsDue(lun, out);
  expired_.clear();
  path_timers_.Advance(now_ns_, expired_);
  for (const PathId id : expired_) {
    switch (paths_[id].activity) {
      // An earlier entry of this turn may have started this path meanwhile.
      case Activity::kIdle:
        if (paths_[id].due_ns <= now_ns_) Due(id, /*first=*/false, out);
        break;
      case Activity::kOut:
        if (paths_[id].sent_ns + PolicyOf(paths_[id]).deadline_ns <= now_ns_) {
          PassDeadline(id, out);
        }
        break;
      case Activity::kRemoved:
        Forget(id, out);
        continue;
      case Activity::kLooking:
      case Activity::kInLine:
      case Activity::kOverdue:
        break;  // these have no timer
    }
    StartWaiting(paths_[id].host, out);
  }
}

void Core::On(const HostFound& event, Actions& out) {
  GrowTo(hosts_, event.host);
  admission_.SetHost(event.host, event.can_queue);
  StartWaiting(event.host, out);
}

void Core::On(const PathFound& event, Actions& out) {
  GrowTo(paths_, event.path);
  GrowTo(nexuses_, event.nexus);
  GrowTo(luns_, event.lun);
  Path& path = paths_[event.path];
  const Standing before = path.status.standing;
  // The number may have belonged to another nexus.
  if (nexuses_[event.nexus].counts == StateCounts{}) nexuses_[event.nexus].durations = {};
  if (before.state == State::kRemoved) Count(path, State::kRemoved, -1u);
  if (nexuses_[event.nexus].members.empty() && admission_.NexusOut(event.nexus) == 0) {
    admission_.SetNexus(event.nexus, event.host);
  }
  path = Path{};
  path.host = event.host;
  path.nexus = event.nexus;
  path.lun = event.lun;
  path.lun_number = event.lun_number;
  path.policy = event.policy;
  path.command_timeout_ms = event.command_timeout_ms;
  SetIdentity(event.path, event.identity.designators);
  path.status.target_port_group = event.target_port_group;
  path.status.relative_target_port = event.relative_target_port;
  path.activity = Activity::kIdle;
  if (event.restored.has_value()) {
    path.status.standing = *event.restored;
    path.status.standing.unconfirmed = true;
    path.doubted = true;
    path.wrong = event.restored->state == State::kWrongLu;
    path.unmapped = event.restored->state == State::kUnmapped;
  } else {
    path.status.standing.since_ns = now_ns_;
  }
  Count(path, path.status.standing.state, 1);
  JoinNexus(event.path);
  JoinLun(event.path);
  SetTpgs(event.path, event.tpgs);
  CopyAccess(event.path);
  if (before.state == State::kRemoved) {
    out.list.push_back(StateChanged{event.path, before, path.status.standing, cause_});
  }
  out.list.push_back(PathUpdated{event.path});

  path.due_ns = now_ns_;
  if (PolicyOf(path).refresh_ns > 0 || path.unmapped || path.wrong) {
    path.wants |= kWantInquiry;
    path.identity_first = true;
  }
  Due(event.path, /*first=*/false, out);
  StartWaiting(event.host, out);
}

void Core::On(const PathGone& event, Actions& out) {
  Path& path = paths_[event.path];
  if (path.activity == Activity::kRemoved) return;
  if (path.activity == Activity::kOut || path.activity == Activity::kOverdue) {
    orphans_[path.command] = Orphan{path.nexus, path.activity == Activity::kOverdue};
  }
  admission_.Withdraw(event.path, path.nexus);
  path.activity = Activity::kRemoved;
  path.wants = 0;
  LeaveLun(event.path, out);
  LeaveNexus(event.path);
  found_identities_.erase(event.path);
  path_timers_.Set(event.path, now_ns_ + options_.removed_keep_ns);
  removals_.push_back({event.path, now_ns_});
  Enter(event.path, State::kRemoved, Scope::kPath, {event.reason, {}}, out);
  path.wrong = false;
  out.list.push_back(PathUpdated{event.path});
  ForgetSurplus(out);
  StartWaiting(path.host, out);
}

void Core::On(const CommandDone& event, Actions& out) {
  if (const auto orphan = orphans_.find(event.command); orphan != orphans_.end()) {
    const auto [nexus, overdue] = orphan->second;
    orphans_.erase(orphan);
    --commands_out_;
    const bool ends = admission_.Returned(nexus, event.command, overdue, Answer::kNotSent, now_ns_);
    if (ends) EndSilence(nexus, out);
    StartWaiting(admission_.HostOf(nexus), out);
    return;
  }
  const Path& path = paths_[event.path];
  const bool out_now = path.activity == Activity::kOut || path.activity == Activity::kOverdue;
  if (out_now && path.command == event.command) Finish(event.path, event, out);
}

void Core::On(const PathMoved& event, Actions& out) {
  if (paths_[event.path].activity == Activity::kRemoved) return;
  Move(event.path, event.lun, out);
  WantGroups(event.lun, out);
  out.list.push_back(PathUpdated{event.path});
}

void Core::On(const IdentityDoubted& event, Actions& out) {
  if (paths_[event.path].activity == Activity::kRemoved) return;
  ReadIdentity(event.path, /*before_check=*/true, out);
}

void Core::On(const PathDoubted& event, Actions& out) {
  Path& path = paths_[event.path];
  if (path.activity == Activity::kRemoved) return;
  const std::uint32_t now_ms = Milliseconds(now_ns_);
  path.on_probation =
      path.doubted_ms != 0 && now_ms - path.doubted_ms < Milliseconds(options_.doubted_again_ns);
  path.doubted_ms = std::max(now_ms, 1u);
  path.doubted = true;
  path.check_is_older = path.sending == kWantCheck;
  path.status.standing.unconfirmed = true;
  out.list.push_back(PathUpdated{event.path});
  On(CheckNow{event.path}, out);
}

void Core::Prove(PathId id, scsi::Condition condition) {
  Path& path = paths_[id];
  if (!path.doubted || path.check_is_older) return;
  const bool usable = condition == scsi::Condition::kUp || condition == scsi::Condition::kGhost;
  if (path.on_probation && usable) {
    const std::uint32_t sent_after = Milliseconds(path.status.last_sent_ns) - path.doubted_ms;
    const std::uint32_t probation = Milliseconds(options_.doubt_probation_ns);
    // One that was sent a little before the doubt is older and was left out above.
    if (sent_after < probation) {
      DueAt(id, path.status.last_sent_ns + (probation - sent_after) * kMillisecond);
      return;
    }
  }
  path.doubted = false;
}

void Core::On(const CheckNow& event, Actions& out) {
  Path& path = paths_[event.path];
  if (path.activity == Activity::kRemoved) return;
  admission_.EndBackOff(path.nexus, now_ns_);
  EndBackOff(event.path, out);
  switch (path.activity) {
    case Activity::kOut:
    case Activity::kOverdue:
      path.check_again = true;
      break;
    case Activity::kInLine:
      admission_.Withdraw(event.path, path.nexus);
      path.activity = Activity::kIdle;
      Due(event.path, /*first=*/true, out);
      break;
    case Activity::kIdle:
      path.due_ns = now_ns_;
      Due(event.path, /*first=*/true, out);
      break;
    case Activity::kLooking:
      path.wants |= kWantCheck;
      break;
    case Activity::kRemoved:
      break;
  }
  StartWaiting(path.host, out);
}

void Core::On(const AcceptIdentity& event, Actions& out) {
  Path& path = paths_[event.path];
  const auto found = found_identities_.find(event.path);
  if (!path.wrong || found == found_identities_.end()) return;
  Move(event.path, event.lun, out);
  SetIdentity(event.path, std::move(found->second.designators));
  found_identities_.erase(found);
  path.wrong = false;
  path.held = false;
  path.said = Said::kNothing;
  Enter(event.path, State::kUnknown, Scope::kPath, {ReasonKind::kIdentityAccepted, {}}, out);
  out.list.push_back(PathUpdated{event.path});
  ReadIdentity(event.path, /*before_check=*/true, out);
  On(CheckNow{event.path}, out);
}

void Core::Move(PathId id, LunId lun, Actions& out) {
  GrowTo(luns_, lun);
  Path& path = paths_[id];
  const State state = path.status.standing.state;
  Count(path, state, -1u);
  LeaveLun(id, out);
  path.lun = lun;
  JoinLun(id);
  Count(path, state, 1);
  SetTpgs(id, path.tpgs);
  CopyAccess(id);
}

void Core::JoinNexus(PathId id) {
  const Path& path = paths_[id];
  auto& members = nexuses_[path.nexus].members;
  if (members.empty()) hosts_[path.host].nexuses.push_back(path.nexus);
  members.push_back(id);
}

void Core::LeaveNexus(PathId id) {
  const Path& path = paths_[id];
  Nexus& nexus = nexuses_[path.nexus];
  std::erase(nexus.members, id);
  if (!nexus.members.empty()) return;
  nexus.unscanned = 0;
  std::erase(hosts_[path.host].nexuses, path.nexus);
}

void Core::JoinLun(PathId id) {
  LogicalUnit& lun = luns_[paths_[id].lun];
  lun.members.push_back(id);
  if (lun.refresh_ns == kNever) ScheduleRefresh(paths_[id].lun);
}

void Core::LeaveLun(PathId id, Actions& out) {
  const Path& path = paths_[id];
  LogicalUnit& lun = luns_[path.lun];
  std::erase(lun.members, id);
  LoseCarrier(id, out);
  if (!lun.members.empty()) {
    if (lun.refresh_ns == kNever)
      ScheduleRefresh(path.lun);  // the next one may have a policy that asks
    return;
  }
  lun.refresh_ns = kNever;
  lun_timers_.Clear(path.lun);
  if (lun.alua != nullptr) out.list.push_back(PortGroupsUpdated{path.lun});
  lun.alua.reset();
}

void Core::Enter(PathId id, State state, Scope scope, const Reason& reason, Actions& out) {
  Path& path = paths_[id];
  // Whatever the other logical unit answers: it is not the one that users know by this name.
  if (path.wrong && state != State::kWrongLu && state != State::kRemoved) return;
  const Standing from = path.status.standing;
  Standing& standing = path.status.standing;
  standing.scope = scope;
  standing.reason = reason;
  standing.unconfirmed = path.doubted;
  if (state != State::kNoAnswer) path.status.standing.unanswered_since_ns = 0;
  if (state == from.state) return;
  standing.state = state;
  standing.since_ns = now_ns_;
  ++path.status.state_changes;
  ++counters_.state_changes;
  Count(path, from.state, -1u);
  Count(path, state, 1);
  out.list.push_back(StateChanged{id, from, standing, cause_});

  if (Usable(state) && !Usable(from.state)) {
    for (const PathId other : luns_[path.lun].members) {
      if (other != id) EndBackOff(other, out);
    }
  } else if (Usable(from.state) && !HasUsablePath(path.lun)) {
    CapBackOffs(path.lun);
  }
}

void Core::Count(const Path& path, State state, std::uint32_t change) {
  const auto index = static_cast<std::size_t>(state);
  counts_[index] += change;
  nexuses_[path.nexus].counts[index] += change;
  luns_[path.lun].counts[index] += change;
  hosts_[path.host].counts[index] += change;
}

bool Core::HasUsablePath(LunId lun) const {
  const StateCounts& counts = luns_[lun].counts;
  return counts[static_cast<std::size_t>(State::kUp)] +
             counts[static_cast<std::size_t>(State::kGhost)] >
         0;
}

void Core::Forget(PathId id, Actions& out) {
  Path& path = paths_[id];
  Count(path, State::kRemoved, -1u);
  path_timers_.Clear(id);
  path = Path{};
  out.list.push_back(health::Forget{id});
}

// It has neither come back nor been forgotten since.
bool Core::StillRemoved(const Removal& removal) const {
  const Standing& standing = paths_[removal.path].status.standing;
  return standing.state == State::kRemoved && standing.since_ns == removal.when_ns;
}

void Core::ForgetSurplus(Actions& out) {
  while (!removals_.empty()) {
    const Removal oldest = removals_.front();
    if (StillRemoved(oldest)) {
      if (counts_[static_cast<std::size_t>(State::kRemoved)] <= options_.removed_max) return;
      Forget(oldest.path, out);
    }
    removals_.pop_front();
  }
}

}  // namespace pathwatch::health
