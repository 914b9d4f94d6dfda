// When each path is checked.
#include <algorithm>

#include "lib/health/core.h"
#include "lib/scsi/cdb.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::health {
namespace {

// The golden ratio's multiples are spread evenly over the interval for any number of paths, and
// ids that follow each other (the paths of one nexus) are far from each other.
DurationNs Phase(PathId id, DurationNs interval_ns) {
  const std::uint32_t fraction = id * 2'654'435'769u;  // 2^32 / golden ratio
  return static_cast<DurationNs>(
      (static_cast<unsigned __int128>(fraction) * static_cast<std::uint64_t>(interval_ns)) >> 32);
}

// Paths whose phases differ by less than this start together: each turn of the loop that serves
// several of them is cheaper for each. None starts at another time than its phase says.
DurationNs PhaseGrid(std::size_t paths, DurationNs interval_ns) {
  constexpr std::int64_t kPathsTogether = 8;
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(paths, 1));
  return std::clamp(kPathsTogether * interval_ns / count, kMillisecond, 20 * kMillisecond);
}

// What an errand asks for at first: enough for nearly every device.
constexpr std::uint16_t kInquiryLength = 36;
constexpr std::uint16_t kPageLength = 1'024;
constexpr std::uint32_t kGroupsLength = 1'024;
constexpr std::uint32_t kLunsLength = 4'096;

// The kernel may know why a path that is not well cannot be reached; then nothing is sent.
bool WorthALook(const Standing& standing) {
  return !Usable(standing.state) || standing.unconfirmed;
}

}  // namespace

void Core::Due(PathId id, bool first, Actions& out) {
  Path& path = paths_[id];
  path.wants |= kWantCheck;
  path.backing_off = false;
  Line(id, first, out);
}

void Core::Send(PathId id, std::uint8_t errands, Actions& out) {
  paths_[id].wants |= errands;
  Line(id, /*first=*/true, out);
  StartWaiting(paths_[id].host, out);
}

void Core::Line(PathId id, bool first, Actions& out) {
  Path& path = paths_[id];
  if (path.activity != Activity::kIdle) return;
  path_timers_.Clear(id);
  path.first = first;
  if (!path.looked && WorthALook(path.status.standing)) {
    path.activity = Activity::kLooking;
    out.list.push_back(LookAtTransport{id});
    return;
  }
  path.activity = Activity::kInLine;
  const Wait wait = admission_.Enqueue(id, path.nexus, first, now_ns_);
  if (wait != Wait::kNone) ++counters_.deferred[static_cast<std::size_t>(wait)];
}

void Core::Resume(PathId id, Actions& out) {
  Path& path = paths_[id];
  if (path.activity != Activity::kIdle) return;
  if (path.wants != 0) {
    Line(id, /*first=*/true, out);
  } else {
    DueAt(id, std::max(path.due_ns, now_ns_));
  }
}

void Core::DueAt(PathId id, TimeNs when_ns) {
  Path& path = paths_[id];
  path.due_ns = when_ns;
  if (path.activity == Activity::kIdle) path_timers_.Set(id, when_ns);
}

void Core::DueRegularly(PathId id) { DueAt(id, NextRegularly(id)); }

TimeNs Core::NextRegularly(PathId id) const {
  const DurationNs interval = PolicyOf(paths_[id]).interval_ns;
  const DurationNs exact = Phase(id, interval);
  const DurationNs phase = exact - exact % PhaseGrid(paths_.size(), interval);
  // The first time after now that is a whole number of intervals after the phase.
  const TimeNs periods = (now_ns_ - phase + interval) / interval;
  const TimeNs next = phase + periods * interval;
  return next > now_ns_ ? next : next + interval;
}

void Core::DueAfterTimeout(PathId id) {
  Path& path = paths_[id];
  DurationNs pause = BackOff(options_, path.back_off_step);
  if (!HasUsablePath(path.lun)) pause = std::min(pause, options_.back_off_lun_lost_max_ns);
  path.back_off_step = static_cast<std::uint8_t>(std::min(path.back_off_step + 1, 16));
  path.backing_off = true;
  // Until then nobody expects another check.
  path.status.valid_until_ns =
      std::max(path.status.valid_until_ns, now_ns_ + pause + PolicyOf(path).deadline_ns);
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
    path.sent_ns = now_ns_;
    path.looked = false;
    path.sending = NextWant(path);
    path.wants &= static_cast<std::uint8_t>(~path.sending);
    path_timers_.Set(id, now_ns_ + PolicyOf(path).deadline_ns);
    ++commands_out_;
    out.list.push_back(CommandFor(id));
  }
}

std::uint8_t Core::NextWant(const Path& path) const {
  if (path.identity_first) {
    if ((path.wants & kWantInquiry) != 0) return kWantInquiry;
    if ((path.wants & kWantIdentity) != 0) return kWantIdentity;
  }
  // Groups last: a path that leads to another logical unit by now must not tell them.
  for (const Want want : {kWantCheck, kWantInquiry, kWantIdentity, kWantGroups}) {
    if ((path.wants & want) != 0) return want;
  }
  return kWantLuns;
}

StartCommand Core::CommandFor(PathId id) {
  Path& path = paths_[id];
  StartCommand start;
  start.path = id;
  start.command = path.command;
  start.timeout_ms = std::clamp(path.command_timeout_ms, PolicyOf(path).command_timeout_min_ms,
                                PolicyOf(path).command_timeout_max_ms);
  const Alua* alua = AluaOf(path.lun);
  switch (path.sending) {
    case kWantGroups: {
      const bool plain = alua == nullptr || alua->reading.length_only;
      start.data_length = std::max(kGroupsLength, alua == nullptr ? 0 : alua->reading.length);
      start.cdb = scsi::ReportTargetPortGroups(
          start.data_length, plain ? scsi::RtpgHeader::kLengthOnly : scsi::RtpgHeader::kExtended);
      ++counters_.groups_sent;
      break;
    }
    case kWantInquiry:
      start.data_length = kInquiryLength;
      start.cdb = scsi::StandardInquiry(kInquiryLength);
      ++counters_.identity_sent;
      break;
    case kWantIdentity: {
      const std::uint16_t length = std::max(kPageLength, path.page_length);
      start.data_length = length;
      start.cdb = scsi::InquiryVpd(scsi::kVpdDeviceIdentification, length);
      ++counters_.identity_sent;
      break;
    }
    case kWantLuns: {
      Nexus& nexus = nexuses_[path.nexus];
      start.data_length = std::max(kLunsLength, nexus.luns_length);
      start.cdb = scsi::ReportLuns(start.data_length);
      nexus.luns_sent_ns = now_ns_;
      ++counters_.luns_sent;
      break;
    }
    default:
      start.cdb = scsi::TestUnitReady();
      start.late_ns = now_ns_ - path.due_ns;
      path.status.last_sent_ns = now_ns_;
      ++counters_.checks_started;
      break;
  }
  path.data_length = start.data_length;
  return start;
}

void Core::EndBackOff(PathId id, Actions& out) {
  Path& path = paths_[id];
  path.back_off_step = 0;
  if (!path.backing_off || path.activity != Activity::kIdle) return;
  path.due_ns = now_ns_;
  Due(id, /*first=*/false, out);
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
