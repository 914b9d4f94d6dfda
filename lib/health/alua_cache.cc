#include "lib/health/alua_cache.h"

#include <algorithm>

namespace pathwatch::health {

using scsi::AccessState;

void AluaCache::BeginRound() {
  for (GroupState& known : groups_) known.in_round = false;
  cut_ = false;
}

bool AluaCache::Absorb(const scsi::Rtpg& reply, TimeNs now_ns, DurationNs default_limit_ns) {
  if (reply.outcome != scsi::RtpgOutcome::kParsed) return false;
  if (reply.extended) NoteTransitionTime(reply.implicit_transition_s);
  cut_ = cut_ || (reply.flags & scsi::kRtpgTooMany) != 0;
  bool changed = false;
  for (const scsi::PortGroup& group : reply.groups) {
    if (Put(group, now_ns, TransitionLimit(default_limit_ns))) changed = true;
  }
  return changed;
}

void AluaCache::NoteTransitionTime(std::uint8_t seconds) {
  if (seconds != 0) implicit_transition_ns_ = seconds * kSecond;
}

bool AluaCache::Put(const scsi::PortGroup& group, TimeNs now_ns, DurationNs limit_ns) {
  const auto found = std::find_if(groups_.begin(), groups_.end(),
                                  [&](const auto& known) { return known.group.id == group.id; });
  const bool is_new = found == groups_.end();
  if (is_new && groups_.size() >= scsi::kPortGroupsMax) {
    cut_ = true;
    return false;
  }
  GroupState& known = is_new ? groups_.emplace_back() : *found;
  const bool moved = is_new || known.group.state != group.state;
  const bool changed = moved || known.group.preferred != group.preferred;
  if (moved) {
    known.since_ns = now_ns;
    known.transition_deadline_ns =
        group.state == AccessState::kTransitioning ? now_ns + limit_ns : 0;
  }
  known.group = group;
  known.in_round = true;
  return changed;
}

bool AluaCache::EndRound(const std::function<bool(std::uint16_t)>& needed) {
  return std::erase_if(groups_, [&](const GroupState& known) {
           return !known.in_round && !needed(known.group.id);
         }) > 0;
}

bool AluaCache::SetTransitioning(std::uint16_t id, TimeNs now_ns, DurationNs default_limit_ns) {
  const GroupState* known = Find(id);
  if (known == nullptr || known->group.state == AccessState::kTransitioning) return false;
  scsi::PortGroup group = known->group;
  group.state = AccessState::kTransitioning;
  group.state_code = static_cast<std::uint8_t>(AccessState::kTransitioning);
  return Put(group, now_ns, TransitionLimit(default_limit_ns));
}

const GroupState* AluaCache::Find(std::uint16_t id) const {
  const auto found = std::find_if(groups_.begin(), groups_.end(),
                                  [id](const auto& known) { return known.group.id == id; });
  return found == groups_.end() ? nullptr : &*found;
}

bool AluaCache::InRound(std::uint16_t id) const {
  const GroupState* known = Find(id);
  return known != nullptr && known->in_round;
}

DurationNs AluaCache::TransitionLimit(DurationNs default_limit_ns) const {
  return implicit_transition_ns_ != 0 ? implicit_transition_ns_ : default_limit_ns;
}

}  // namespace pathwatch::health
