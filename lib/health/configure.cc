// Other options than before, while everything goes on.
#include <algorithm>

#include "lib/health/core.h"
#include "lib/health/grow.h"

namespace pathwatch::health {

void Core::On(const OptionsSet& event, Actions& out) {
  options_ = event.options;
  admission_.OptionsChanged(now_ns_);
  SetPolicy(kDefaultPolicy, event.options);
  for (const Removal& removal : removals_) {
    if (!StillRemoved(removal)) continue;
    path_timers_.Set(removal.path, std::max(now_ns_, removal.when_ns + options_.removed_keep_ns));
  }
  ForgetSurplus(out);
  for (HostId host = 0; host < hosts_.size(); ++host) StartWaiting(host, out);
}

void Core::On(const PolicySet& event, Actions&) {
  GrowTo(policies_, event.id);
  SetPolicy(event.id, event.policy);
}

void Core::On(const PolicyAssigned& event, Actions&) {
  Path& path = paths_[event.path];
  const Policy before = PolicyOf(path);
  path.policy = event.policy;
  Refit(event.path, before);
}

void Core::SetPolicy(PolicyId id, const Policy& policy) {
  const Policy before = policies_[id];
  if (before == policy) return;
  policies_[id] = policy;
  for (PathId path = 0; path < paths_.size(); ++path) {
    if (paths_[path].policy == id) Refit(path, before);
  }
}

// What is planned for the path fits its policy again.
void Core::Refit(PathId id, const Policy& before) {
  const Path& path = paths_[id];
  if (path.activity == Activity::kRemoved) return;
  const Policy& policy = PolicyOf(path);
  if (path.activity == Activity::kIdle && policy.interval_ns != before.interval_ns &&
      !path.backing_off) {
    DueAt(id, std::min(path.due_ns, NextRegularly(id)));
  } else if (path.activity == Activity::kOut) {
    path_timers_.Set(id, std::max(path.sent_ns + policy.deadline_ns, now_ns_));
  }
  // Once per logical unit.
  if (luns_[path.lun].members.front() == id && policy.refresh_ns != before.refresh_ns) {
    luns_[path.lun].refresh_ns = kNever;
    luns_[path.lun].refreshes = 0;
    ScheduleRefresh(path.lun);
    ArmLun(path.lun);
  }
}

// The paths of a logical unit have the same vendor and product.
DurationNs Core::RefreshOf(LunId lun) const {
  return PolicyOf(paths_[luns_[lun].members.front()]).refresh_ns;
}

}  // namespace pathwatch::health
