// Deadlines, and I_T nexuses that have stopped answering.
#include <algorithm>

#include "lib/health/core.h"

namespace pathwatch::health {

void Core::PassDeadline(PathId id, Actions& out) {
  Path& path = paths_[id];
  path.activity = Activity::kOverdue;
  ++counters_.overdue;
  const bool begins = admission_.Overdue(path.nexus, path.command, now_ns_);
  const Scope scope = admission_.Silent(path.nexus) ? Scope::kNexus : Scope::kPath;
  Enter(id, State::kNoAnswer, scope, {ReasonKind::kDeadline, {}}, out);
  // An earlier command of this path, or of its nexus, may be unanswered for longer.
  if (path.status.standing.unanswered_since_ns == 0) {
    path.status.standing.unanswered_since_ns = path.status.last_sent_ns;
  }
  path.status.valid_until_ns = kNever;
  out.list.push_back(PathUpdated{id});
  if (begins) BeginSilence(path.nexus, out);
}

void Core::BeginSilence(NexusId nexus, Actions& out) {
  ++silent_nexuses_;
  TimeNs oldest = now_ns_;
  for (const PathId id : nexuses_[nexus].members) {
    if (paths_[id].activity != Activity::kOverdue) continue;
    oldest = std::min(oldest, paths_[id].status.last_sent_ns);
  }
  out.list.push_back(NexusSilence{nexus, true});
  for (const PathId id : nexuses_[nexus].members) {
    Path& path = paths_[id];
    if (path.activity == Activity::kOverdue) {
      path.status.standing.scope = Scope::kNexus;
    } else {
      Enter(id, State::kNoAnswer, Scope::kNexus, {ReasonKind::kNexusSilent, {}}, out);
      if (path.status.standing.unanswered_since_ns == 0)
        path.status.standing.unanswered_since_ns = oldest;
      path.status.valid_until_ns = kNever;
    }
    out.list.push_back(PathUpdated{id});
  }
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
      Due(id, /*first=*/false);
    }
  }
}

}  // namespace pathwatch::health
