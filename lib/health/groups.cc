// Target port groups: when they are read, and through which path.
#include <algorithm>

#include "lib/health/core.h"

namespace pathwatch::health {
namespace {

using scsi::AccessState;

constexpr std::uint8_t kKeyNotReady = 0x2;  // SPC-4 4.5.6, sense keys
constexpr std::uint8_t kKeyIllegalRequest = 0x5;
constexpr std::uint8_t kKeyUnitAttention = 0x6;
constexpr std::uint8_t kAscInvalidOpcode = 0x20;  // SPC-4 annex D
constexpr std::uint8_t kAscInvalidField = 0x24;
constexpr std::uint8_t kAscNotAccessible = 0x04;
constexpr std::uint8_t kAscqTransition = 0x0A;

// Unit attentions, and longer replies, in a row before a path is given up as a source.
constexpr std::uint8_t kTriesMax = 5;

// How good a path is as a source; lower is better, negative is none.
int Rank(State state) {
  switch (state) {
    case State::kUp:
      return 0;
    case State::kGhost:
      return 1;
    case State::kUnavailable:
      return 2;
    case State::kTransitioning:
      return 3;
    case State::kUnknown:
      return 4;
    case State::kDown:
      return 5;
    case State::kNoAnswer:
    case State::kUnmapped:
    case State::kWrongLu:
    case State::kRemoved:
      break;
  }
  return -1;
}

}  // namespace

void Core::SetTpgs(PathId id, std::uint8_t tpgs) {
  Path& path = paths_[id];
  path.tpgs = tpgs & 3;
  LogicalUnit& lun = luns_[path.lun];
  if (tpgs != 0 && lun.alua == nullptr) lun.alua = std::make_unique<Alua>();
}

void Core::WantGroups(LunId lun, Actions& out) {
  Alua* alua = AluaOf(lun);
  if (alua != nullptr && !alua->status.refused) ReadGroups(lun, out);
}

void Core::ReadGroups(LunId lun, Actions& out) {
  Alua* alua = AluaOf(lun);
  if (alua == nullptr) return;
  Reading& reading = alua->reading;
  if (reading.running || now_ns_ < reading.not_before_ns) {
    reading.wanted = true;
    ArmLun(lun);
    return;
  }
  reading.wanted = false;
  reading.running = true;
  reading.told = false;
  reading.sent_ns = 0;
  reading.tried.clear();
  reading.length = 0;
  reading.changed = false;
  alua->status.cache.BeginRound();
  AskForGroups(lun, out);
}

// Another path may know groups that the ones before did not list.
void Core::AskForGroups(LunId lun, Actions& out) {
  Reading& reading = AluaOf(lun)->reading;
  reading.carrier = GroupsCarrier(lun);
  if (reading.carrier == kNone) {
    EndGroups(lun, out);
    return;
  }
  reading.tried.push_back(reading.carrier);
  reading.tries = 0;
  Send(reading.carrier, kWantGroups, out);
}

PathId Core::GroupsCarrier(LunId lun) const {
  const Alua& alua = *luns_[lun].alua;
  const Reading& reading = alua.reading;
  PathId best = kNone;
  int best_rank = 0;
  for (const PathId id : luns_[lun].members) {
    const Path& path = paths_[id];
    const Standing& standing = path.status.standing;
    if (path.tpgs == 0 || path.wrong || path.unmapped || path.activity == Activity::kOverdue ||
        path.blocked_since_ns != 0 || admission_.Silent(path.nexus)) {
      continue;
    }
    const int rank = Rank(standing.state);
    if (rank < 0 || OutOfReach(standing)) continue;
    if (std::find(reading.tried.begin(), reading.tried.end(), id) != reading.tried.end()) continue;
    if (reading.told) {
      const auto& group = path.status.target_port_group;
      if (alua.status.cache.cut() || !group || alua.status.cache.InRound(*group)) continue;
    }
    if (best == kNone || rank < best_rank) {
      best = id;
      best_rank = rank;
    }
  }
  return best;
}

void Core::FinishGroups(PathId id, const CommandDone& event, Actions& out) {
  Path& path = paths_[id];
  Alua* alua = AluaOf(path.lun);
  if (alua == nullptr || !alua->reading.running || alua->reading.carrier != id) return;
  Reading& reading = alua->reading;
  if (reading.sent_ns == 0) reading.sent_ns = path.sent_ns;
  const bool again =
      IsGood(event) ? TakeGroups(id, event.data) : GroupsRefused(id, scsi::Judge(event.reply), out);
  if (!reading.running || reading.carrier != id) return;  // a unit attention led elsewhere
  if (again && ++reading.tries <= kTriesMax) {
    Send(id, kWantGroups, out);
  } else {
    AskForGroups(path.lun, out);
  }
}

// True if the same path is to be asked again.
bool Core::TakeGroups(PathId id, std::span<const std::uint8_t> data) {
  Alua& alua = *AluaOf(paths_[id].lun);
  Reading& reading = alua.reading;
  const scsi::Rtpg reply = scsi::ParseRtpg(data, paths_[id].data_length);
  switch (reply.outcome) {
    case scsi::RtpgOutcome::kReissue:
      reading.length = reply.reissue_length;
      return true;
    case scsi::RtpgOutcome::kParsed:
      // Some targets cut the list by the four bytes by which the extended header is longer.
      if (reply.extended && (reply.flags & scsi::kRtpgPortsShort) != 0 && !reading.length_only) {
        alua.status.cache.NoteTransitionTime(reply.implicit_transition_s);
        reading.length_only = true;
        return true;
      }
      if (alua.status.cache.Absorb(reply, now_ns_, PolicyOf(paths_[id]).transition_limit_ns)) {
        reading.changed = true;
      }
      alua.status.refused = false;
      if (!reading.told) reading.good_sent_ns = reading.sent_ns;
      reading.told = true;
      return false;
    default:
      ++counters_.groups_failed;
      return false;
  }
}

// True if the same path is to be asked again.
bool Core::GroupsRefused(PathId id, const scsi::Judgement& judgement, Actions& out) {
  const LunId lun = paths_[id].lun;
  Alua& alua = *AluaOf(lun);
  Reading& reading = alua.reading;
  const scsi::Code& code = judgement.code;
  ++counters_.groups_failed;
  if (!code.has_sense || code.deferred) return false;
  if (code.sense_key == kKeyUnitAttention) {
    scsi::Judgement rest = judgement;
    rest.follow_ups &= static_cast<std::uint8_t>(~scsi::kFollowRtpg);
    FollowUp(id, rest, /*news=*/true, out);
    return true;
  }
  if (code.sense_key == kKeyIllegalRequest && !reading.length_only) {
    // Not only 24h: some arrays refuse the extended header with other codes.
    reading.length_only = true;
    return true;
  }
  const bool refused = code.sense_key == kKeyIllegalRequest && code.has_asc &&
                       (code.asc == kAscInvalidOpcode || code.asc == kAscInvalidField);
  // A port that is offline refuses everything: only one that is well speaks for the array.
  if (refused && alua.status.read_ns == 0 && paths_[id].status.standing.state == State::kUp) {
    alua.status.refused = true;
  }
  if (code.sense_key == kKeyNotReady && code.has_asc && code.asc == kAscNotAccessible &&
      code.ascq == kAscqTransition) {
    const auto& group = paths_[id].status.target_port_group;
    if (group && alua.status.cache.SetTransitioning(*group, now_ns_,
                                                    PolicyOf(paths_[id]).transition_limit_ns)) {
      reading.changed = true;
    }
    reading.wanted = true;
    reading.not_before_ns = now_ns_ + options_.transition_first_pause_ns;
  }
  return false;
}

void Core::EndGroups(LunId lun, Actions& out) {
  Alua& alua = *AluaOf(lun);
  Reading& reading = alua.reading;
  const bool told = reading.told;
  reading.running = false;
  reading.carrier = kNone;
  reading.not_before_ns = std::max(reading.not_before_ns, now_ns_ + options_.groups_gap_ns);
  if (told) {
    alua.status.read_ns = now_ns_;
    const auto needed = [&](std::uint16_t group) {
      return std::any_of(luns_[lun].members.begin(), luns_[lun].members.end(),
                         [&](PathId id) { return paths_[id].status.target_port_group == group; });
    };
    if (alua.status.cache.EndRound(needed)) reading.changed = true;
  }
  counters_.alua_changes += reading.changed;
  out.list.push_back(PortGroupsUpdated{lun});
  if (reading.wanted) ArmLun(lun);
  for (const PathId id : luns_[lun].members) {
    const bool changed = CopyAccess(id);
    const bool awaits = paths_[id].awaits_groups;
    if (!changed && !awaits) continue;
    Conclude(id, out);
    out.list.push_back(PathUpdated{id});
    // The group has moved: what the path itself says now is another thing than before.
    if (changed && !awaits) paths_[id].wants |= kWantCheck;
    if (paths_[id].wants == 0) continue;
    Line(id, /*first=*/false, out);
    StartWaiting(paths_[id].host, out);
  }
}

// The path cannot send what it was to send for its logical unit and for its nexus.
void Core::LoseCarrier(PathId id, Actions& out) {
  Path& path = paths_[id];
  path.wants &= static_cast<std::uint8_t>(~(kWantGroups | kWantLuns));
  if (nexuses_[path.nexus].luns_carrier == id) nexuses_[path.nexus].luns_carrier = kNone;
  if (path.wants == 0 && path.activity == Activity::kInLine) {
    admission_.Withdraw(id, path.nexus);
    path.activity = Activity::kIdle;
    DueAt(id, std::max(path.due_ns, now_ns_));
  }
  const Alua* alua = AluaOf(path.lun);
  if (alua != nullptr && alua->reading.running && alua->reading.carrier == id) {
    AskForGroups(path.lun, out);
  }
}

bool Core::CopyAccess(PathId id) {
  PathStatus& status = paths_[id].status;
  const Alua* alua = AluaOf(paths_[id].lun);
  const GroupState* known = nullptr;
  if (alua != nullptr && paths_[id].tpgs != 0 && status.target_port_group.has_value()) {
    known = alua->status.cache.Find(*status.target_port_group);
  }
  const AccessState state = known == nullptr ? AccessState::kUnknown : known->group.state;
  const bool preferred = known != nullptr && known->group.preferred;
  const bool changed = status.access_state != state || status.preferred != preferred;
  status.access_state = state;
  status.preferred = preferred;
  return changed;
}

bool Core::GroupsAreNewerThanCode(const Path& path) const {
  const Alua* alua = luns_[path.lun].alua.get();
  return alua == nullptr ||
         (alua->status.read_ns != 0 && alua->reading.good_sent_ns >= path.code_since_ns);
}

bool Core::GroupSaysOtherwise(const Path& path, const scsi::Lasting& verdict) {
  const AccessState access = path.status.access_state;
  switch (verdict.condition) {
    case scsi::Condition::kGhost:
      return access != AccessState::kStandby;
    case scsi::Condition::kUnavailable:
      return access != AccessState::kUnavailable && access != AccessState::kOffline;
    default:
      return false;  // of a path that takes commands ConcludeUp() knows more
  }
}

}  // namespace pathwatch::health
