// What the kernel says of a path's transport: nothing is sent to a device that it holds back.
#include <algorithm>

#include "lib/health/core.h"

namespace pathwatch::health {
namespace {

bool HoldsBack(DeviceCondition condition) {
  return condition == DeviceCondition::kBlocked ||
         condition == DeviceCondition::kTransportOffline || condition == DeviceCondition::kOffline;
}

}  // namespace

void Core::On(const TransportSeen& event, Actions& out) {
  Path& path = paths_[event.path];
  if (path.activity == Activity::kRemoved) return;
  if (event.condition != DeviceCondition::kBlocked) {
    path.blocked_since_ns = 0;
  } else if (path.blocked_since_ns == 0) {
    path.blocked_since_ns = now_ns_;
  }
  const bool waiting = path.activity == Activity::kLooking;
  if (!waiting && path.activity != Activity::kIdle) return;  // the command will tell
  path.activity = Activity::kIdle;
  if (HoldsBack(event.condition)) {
    HoldBack(event.path, event.condition, waiting, out);
    return;
  }
  if (!waiting) return;
  if (event.condition == DeviceCondition::kGone) out.list.push_back(RescanWanted{event.path});
  path.looked = true;
  Line(event.path, path.first, out);
  StartWaiting(path.host, out);
}

void Core::HoldBack(PathId id, DeviceCondition condition, bool waiting, Actions& out) {
  Path& path = paths_[id];
  if (waiting) ++counters_.deferred_by_transport;
  path.wants = 0;
  Disregard(path);
  LoseCarrier(id, out);
  path.status.valid_until_ns = ValidUntil(path);
  TimeNs next = now_ns_ + options_.transport_pause_ns;
  if (condition == DeviceCondition::kOffline) {
    Enter(id, State::kDown, Scope::kPath, {ReasonKind::kDeviceOffline, path.code}, out);
    next = now_ns_ + PolicyOf(path).interval_ns;
  } else if (condition == DeviceCondition::kTransportOffline) {
    Enter(id, State::kDown, Scope::kNexus, {ReasonKind::kTransportOffline, path.code}, out);
  } else if (now_ns_ < path.blocked_since_ns + PolicyOf(path).deadline_ns) {
    // As with a command that is out: no verdict before the deadline.
    Unconfirm(path);
    next = std::min(next, path.blocked_since_ns + PolicyOf(path).deadline_ns);
  } else {
    Enter(id, State::kNoAnswer, Scope::kNexus, {ReasonKind::kTransportBlocked, path.code}, out);
    path.status.standing.unanswered_since_ns = path.blocked_since_ns;
  }
  out.list.push_back(PathUpdated{id});
  DueAt(id, waiting ? next : std::min(path.due_ns, next));
}

}  // namespace pathwatch::health
