// Deadlines, and I_T nexuses that have stopped answering.
#include <algorithm>

#include "lib/health/core.h"

namespace pathwatch::health {

void Core::PassDeadline(PathId id, Actions& out) {
  Path& path = paths_[id];
  path.activity = Activity::kOverdue;
  if (path.sending == kWantCheck) {
    ++counters_.overdue;
    path.status.failures.Count(State::kNoAnswer);
  }
  const bool begins = admission_.Overdue(path.nexus, path.command, now_ns_);
  Disregard(path);
  Enter(id, State::kNoAnswer, ScopeOfSilence(path), {ReasonKind::kDeadline, {}}, out);
  // An earlier command of this path, or of its nexus, may be unanswered for longer.
  if (path.status.standing.unanswered_since_ns == 0) {
    path.status.standing.unanswered_since_ns = path.sent_ns;
  }
  path.status.valid_until_ns = kNever;
  out.list.push_back(PathUpdated{id});
  out.list.push_back(LookAtTransport{id});
  LoseCarrier(id, out);
  if (begins) BeginSilence(path.nexus, out);
}

void Core::BeginSilence(NexusId nexus, Actions& out) {
  ++silent_nexuses_;
  TimeNs oldest = now_ns_;
  for (const PathId id : nexuses_[nexus].members) {
    if (paths_[id].activity != Activity::kOverdue) continue;
    oldest = std::min(oldest, paths_[id].sent_ns);
  }
  out.list.push_back(NexusSilence{nexus, true});
  for (const PathId id : nexuses_[nexus].members) {
    Path& path = paths_[id];
    if (path.activity == Activity::kOverdue) {
      path.status.standing.scope = ScopeOfSilence(path);
    } else {
      Disregard(path);
      Enter(id, State::kNoAnswer, ScopeOfSilence(path), {ReasonKind::kNexusSilent, {}}, out);
      if (path.status.standing.unanswered_since_ns == 0)
        path.status.standing.unanswered_since_ns = oldest;
      path.status.valid_until_ns = kNever;
      LoseCarrier(id, out);
    }
    out.list.push_back(PathUpdated{id});
  }
  SpreadSilence(nexus, out);
}

void Core::EndSilence(NexusId nexus, Actions& out) {
  --silent_nexuses_;
  nexus_timers_.Clear(nexus);
  out.list.push_back(NexusSilence{nexus, false});
  for (const PathId id : nexuses_[nexus].members) {
    Path& path = paths_[id];
    path.back_off_step = 0;
    if (path.activity == Activity::kOverdue) {
      path.status.standing.scope = Scope::kPath;
      out.list.push_back(PathUpdated{id});
    } else if (path.activity == Activity::kIdle && !Usable(path.status.standing.state)) {
      path.due_ns = now_ns_;
      Due(id, /*first=*/false, out);
    }
  }
  SpreadSilence(nexus, out);
}

Scope Core::ScopeOfSilence(const Path& path) const {
  if (!admission_.Silent(path.nexus)) return Scope::kPath;
  const auto& nexuses = hosts_[path.host].nexuses;
  const bool all = std::all_of(nexuses.begin(), nexuses.end(),
                               [this](NexusId nexus) { return admission_.Silent(nexus); });
  return all && nexuses.size() > 1 ? Scope::kHost : Scope::kNexus;
}

// The silence of the last nexus of a host is the host's, and that of the others is so no more when
// one of them answers.
void Core::SpreadSilence(NexusId changed, Actions& out) {
  for (const NexusId nexus : hosts_[admission_.HostOf(changed)].nexuses) {
    if (nexus == changed || !admission_.Silent(nexus)) continue;
    for (const PathId id : nexuses_[nexus].members) {
      Standing& standing = paths_[id].status.standing;
      const Scope scope = ScopeOfSilence(paths_[id]);
      if (standing.state != State::kNoAnswer || standing.scope == scope) continue;
      standing.scope = scope;
      out.list.push_back(PathUpdated{id});
    }
  }
}

}  // namespace pathwatch::health
