#include "lib/health/core.h"

#include <algorithm>

namespace pathwatch::health {

Core::Core(const Options& options) : options_(options) {}

void Core::Step(TimeNs now_ns, const Event& event, Actions& out) {
  now_ns_ = now_ns;
  std::visit([&](const auto& what) { On(what, out); }, event);
  out.wake_ns = std::min(path_timers_.NextWake(), nexus_timers_.NextWake());
}

void Core::On(const Tick&, Actions& out) {
  expired_.clear();
  nexus_timers_.Advance(now_ns_, expired_);
  for (const NexusId nexus : expired_) {
    admission_.EndBackOff(nexus, now_ns_);
    StartWaiting(admission_.HostOf(nexus), out);
  }
  expired_.clear();
  path_timers_.Advance(now_ns_, expired_);
  for (const PathId id : expired_) {
    switch (paths_[id].activity) {
      // An earlier entry of this turn may have started this path meanwhile.
      case Activity::kIdle:
        if (paths_[id].due_ns <= now_ns_) Due(id, /*first=*/false);
        break;
      case Activity::kOut:
        if (paths_[id].status.last_sent_ns + options_.deadline_ns <= now_ns_) {
          PassDeadline(id, out);
        }
        break;
      case Activity::kRemoved:
        Forget(id, out);
        continue;
      case Activity::kInLine:
      case Activity::kOverdue:
        break;  // these have no timer
    }
    StartWaiting(paths_[id].host, out);
  }
}

void Core::On(const HostFound& event, Actions& out) {
  if (event.host >= hosts_.size()) hosts_.resize(event.host + 1);
  admission_.SetHost(event.host, event.can_queue);
  StartWaiting(event.host, out);
}

void Core::On(const PathFound& event, Actions& out) {
  if (event.path >= paths_.size()) paths_.resize(event.path + 1);
  if (event.nexus >= nexuses_.size()) nexuses_.resize(event.nexus + 1);
  if (event.lun >= luns_.size()) luns_.resize(event.lun + 1);
  Path& path = paths_[event.path];
  if (path.status.standing.state == State::kRemoved) Count(path, State::kRemoved, -1u);

  if (nexuses_[event.nexus].members.empty() && admission_.NexusOut(event.nexus) == 0) {
    admission_.SetNexus(event.nexus, event.host);
  }
  path = Path{};
  path.host = event.host;
  path.nexus = event.nexus;
  path.lun = event.lun;
  path.command_timeout_ms = event.command_timeout_ms;
  if (event.restored.has_value()) {
    path.status.standing = *event.restored;
    path.status.standing.unconfirmed = true;
  } else {
    path.status.standing.since_ns = now_ns_;
  }
  Count(path, path.status.standing.state, 1);
  nexuses_[event.nexus].members.push_back(event.path);
  luns_[event.lun].members.push_back(event.path);

  path.due_ns = now_ns_;
  out.list.push_back(PathUpdated{event.path});
  Due(event.path, /*first=*/false);
  StartWaiting(event.host, out);
}

void Core::On(const PathGone& event, Actions& out) {
  Path& path = paths_[event.path];
  if (path.activity == Activity::kRemoved) return;
  if (path.activity == Activity::kOut || path.activity == Activity::kOverdue) {
    orphans_[path.command] = Orphan{path.nexus, path.activity == Activity::kOverdue};
  }
  admission_.Withdraw(event.path, path.nexus);
  std::erase(nexuses_[path.nexus].members, event.path);
  std::erase(luns_[path.lun].members, event.path);
  path.activity = Activity::kRemoved;
  path_timers_.Set(event.path, now_ns_ + options_.removed_keep_ns);
  removals_.push_back({event.path, now_ns_});
  Enter(event.path, State::kRemoved, Scope::kPath, {ReasonKind::kDeleted, {}}, out);
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
      Due(event.path, /*first=*/true);
      break;
    case Activity::kIdle:
      path.due_ns = now_ns_;
      Due(event.path, /*first=*/true);
      break;
    case Activity::kRemoved:
      break;
  }
  StartWaiting(path.host, out);
}

void Core::Enter(PathId id, State state, Scope scope, const Reason& reason, Actions& out) {
  Path& path = paths_[id];
  const Standing from = path.status.standing;
  Standing& standing = path.status.standing;
  standing.scope = scope;
  standing.reason = reason;
  standing.unconfirmed = false;
  if (state != State::kNoAnswer) path.status.standing.unanswered_since_ns = 0;
  if (state == from.state) return;
  standing.state = state;
  standing.since_ns = now_ns_;
  ++path.status.state_changes;
  ++counters_.state_changes;
  Count(path, from.state, -1u);
  Count(path, state, 1);
  out.list.push_back(StateChanged{id, from, standing});

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
  hosts_[path.host][index] += change;
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

void Core::ForgetSurplus(Actions& out) {
  const auto still_removed = [&](const Removal& removal) {
    const Standing& standing = paths_[removal.path].status.standing;
    return standing.state == State::kRemoved && standing.since_ns == removal.when_ns;
  };
  while (!removals_.empty()) {
    const Removal oldest = removals_.front();
    if (still_removed(oldest)) {
      if (counts_[static_cast<std::size_t>(State::kRemoved)] <= options_.removed_max) return;
      Forget(oldest.path, out);
    }
    removals_.pop_front();
  }
}

}  // namespace pathwatch::health
