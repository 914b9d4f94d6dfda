// When each path is checked.
#include <algorithm>

#include "lib/health/core.h"

namespace pathwatch::health {
namespace {

// The golden ratio's multiples are spread evenly over the interval for any number of paths, and
// ids that follow each other (the paths of one nexus) are far from each other.
DurationNs Phase(PathId id, DurationNs interval_ns) {
  const std::uint32_t fraction = id * 2'654'435'769u;  // 2^32 / golden ratio
  return static_cast<DurationNs>(
      (static_cast<unsigned __int128>(fraction) * static_cast<std::uint64_t>(interval_ns)) >> 32);
}

}  // namespace

void Core::Due(PathId id, bool first) {
  Path& path = paths_[id];
  path_timers_.Clear(id);
  path.activity = Activity::kInLine;
  path.backing_off = false;
  const Wait wait = admission_.Enqueue(id, path.nexus, first, now_ns_);
  if (wait != Wait::kNone) ++counters_.deferred[static_cast<std::size_t>(wait)];
}

void Core::DueAt(PathId id, TimeNs when_ns) {
  Path& path = paths_[id];
  path.activity = Activity::kIdle;
  path.due_ns = when_ns;
  path_timers_.Set(id, when_ns);
}

void Core::DueRegularly(PathId id) {
  const DurationNs interval = options_.interval_ns;
  const DurationNs phase = Phase(id, interval);
  // The first time after now that is a whole number of intervals after the phase.
  const TimeNs periods = (now_ns_ - phase + interval) / interval;
  const TimeNs next = phase + periods * interval;
  DueAt(id, next > now_ns_ ? next : next + interval);
}

void Core::DueAfterTimeout(PathId id) {
  Path& path = paths_[id];
  DurationNs pause = BackOff(options_, path.back_off_step);
  if (!HasUsablePath(path.lun)) pause = std::min(pause, options_.back_off_lun_lost_max_ns);
  path.back_off_step = static_cast<std::uint8_t>(std::min(path.back_off_step + 1, 16));
  path.backing_off = true;
  DueAt(id, now_ns_ + pause);
}

void Core::StartWaiting(HostId host, Actions& out) {
  for (;;) {
    const CommandId command = last_command_ + 1;
    const PathId id = admission_.Next(host, command, now_ns_);
    if (id == kNone) return;
    last_command_ = command;
    Path& path = paths_[id];
    path.activity = Activity::kOut;
    path.command = command;
    path.status.last_sent_ns = now_ns_;
    path_timers_.Set(id, now_ns_ + options_.deadline_ns);
    ++counters_.checks_started;
    ++commands_out_;
    out.list.push_back(StartCheck{id, command, path.command_timeout_ms, now_ns_ - path.due_ns});
  }
}

void Core::EndBackOff(PathId id, Actions& out) {
  Path& path = paths_[id];
  path.back_off_step = 0;
  if (!path.backing_off || path.activity != Activity::kIdle) return;
  path.due_ns = now_ns_;
  Due(id, /*first=*/false);
  StartWaiting(path.host, out);
}

void Core::HoldNexus(NexusId nexus) {
  const auto lost = [&](PathId id) { return !HasUsablePath(paths_[id].lun); };
  const auto& members = nexuses_[nexus].members;
  if (std::any_of(members.begin(), members.end(), lost)) {
    admission_.CapBackOff(nexus, now_ns_ + options_.back_off_lun_lost_max_ns);
  }
  nexus_timers_.Set(nexus, admission_.HoldUntil(nexus));
}

void Core::CapBackOffs(LunId lun) {
  const TimeNs latest = now_ns_ + options_.back_off_lun_lost_max_ns;
  for (const PathId id : luns_[lun].members) {
    const Path& path = paths_[id];
    if (path.backing_off && path.activity == Activity::kIdle && path.due_ns > latest) {
      DueAt(id, latest);
    }
    if (admission_.Silent(path.nexus) && admission_.HoldUntil(path.nexus) > latest) {
      admission_.CapBackOff(path.nexus, latest);
      nexus_timers_.Set(path.nexus, latest);
    }
  }
}

}  // namespace pathwatch::health
