// What the reply to a check does to its path.
#include <cerrno>

#include "lib/health/core.h"

namespace pathwatch::health {
namespace {

// DID_TIME_OUT of include/scsi/scsi_status.h: the kernel gave up waiting.
constexpr std::uint16_t kDidTimeOut = 0x03;

Answer AnswerOf(const CommandDone& event) {
  if (!event.sent || event.reply.error != 0) return Answer::kNotSent;
  return event.reply.host_status == kDidTimeOut ? Answer::kTimedOut : Answer::kAnswered;
}

State StateOf(scsi::Condition condition) {
  switch (condition) {
    case scsi::Condition::kUp:
      return State::kUp;
    case scsi::Condition::kGhost:
      return State::kGhost;
    case scsi::Condition::kTransitioning:
      return State::kTransitioning;
    case scsi::Condition::kUnavailable:
      return State::kUnavailable;
    case scsi::Condition::kDown:
      return State::kDown;
    case scsi::Condition::kUnmapped:
      return State::kUnmapped;
  }
  return State::kUnknown;
}

CheckResult ResultOf(const scsi::Verdict& verdict) {
  if (const auto* lasting = std::get_if<scsi::Lasting>(&verdict)) {
    // The conditions come first, in the same order.
    return static_cast<CheckResult>(lasting->condition);
  }
  if (std::holds_alternative<scsi::RetryNow>(verdict)) return CheckResult::kRetryNow;
  if (std::holds_alternative<scsi::RetryLater>(verdict)) return CheckResult::kRetryLater;
  return CheckResult::kNoOpinion;
}

Scope ScopeOf(scsi::Reach reach) {
  return reach == scsi::Reach::kLogicalUnit ? Scope::kLogicalUnit : Scope::kPath;
}

// These say that the kernel has no such device any more, or has set it offline.
bool DeviceSeemsGone(int error) { return error == ENODEV || error == ENXIO; }

// The target itself has answered.
bool Answered(const scsi::Code& code) { return code.error == 0 && code.host_status == 0; }

}  // namespace

bool Core::OutOfReach(const Standing& standing) {
  return standing.state == State::kNoAnswer ||
         standing.reason.kind == ReasonKind::kTransportOffline ||
         standing.reason.kind == ReasonKind::kDeviceOffline || !Answered(standing.reason.code);
}

void Core::Finish(PathId id, const CommandDone& event, Actions& out) {
  Path& path = paths_[id];
  const bool overdue = path.activity == Activity::kOverdue;
  const Answer answer = AnswerOf(event);
  const std::uint8_t sent = path.sending;
  path.activity = Activity::kIdle;
  path.sending = 0;
  path_timers_.Clear(id);
  --commands_out_;
  CountDuration(path, sent, event);
  const bool ends = admission_.Returned(path.nexus, path.command, overdue, answer, now_ns_);
  if (sent == kWantCheck) {
    counters_.answered_late += overdue;
    FinishCheck(id, event, overdue, out);
  } else {
    FinishErrand(id, sent, event, out);
    // Only a check tells the state.
    if (overdue || answer != Answer::kAnswered) path.wants |= kWantCheck;
  }
  if (path.check_again) {
    path.check_again = false;
    path.wants |= kWantCheck;
  }
  if ((path.wants & kWantCheck) != 0 && path.activity == Activity::kIdle) path.due_ns = now_ns_;
  Resume(id, out);
  if (ends) EndSilence(path.nexus, out);
  if (DeviceSeemsGone(event.reply.error)) out.list.push_back(RescanWanted{id});
  StartWaiting(path.host, out);
}

void Core::FinishErrand(PathId id, std::uint8_t sent, const CommandDone& event, Actions& out) {
  switch (sent) {
    case kWantGroups:
      return FinishGroups(id, event, out);
    case kWantInquiry:
      return FinishInquiry(id, event, out);
    case kWantIdentity:
      return FinishIdentity(id, event, out);
    default:
      return FinishLuns(id, event, out);
  }
}

void Core::CountDuration(const Path& path, std::uint8_t sent, const CommandDone& event) {
  if (!event.sent || event.reply.error != 0) return;
  const CommandKind kind = sent == kWantCheck    ? CommandKind::kCheck
                           : sent == kWantGroups ? CommandKind::kGroups
                           : sent == kWantLuns   ? CommandKind::kLuns
                                                 : CommandKind::kIdentity;
  nexuses_[path.nexus].durations[static_cast<std::size_t>(kind)].Add(kCommandBounds,
                                                                     now_ns_ - path.sent_ns);
}

void Core::FinishCheck(PathId id, const CommandDone& event, bool overdue, Actions& out) {
  Path& path = paths_[id];
  const Answer answer = AnswerOf(event);
  if (event.sent && event.reply.error == 0) {
    path.status.last_done_ns = now_ns_;
    path.status.latency_ns = now_ns_ - path.status.last_sent_ns;
    ++path.status.checks;
  }
  DueRegularly(id);
  if (event.sent) {
    const scsi::Judgement judgement = scsi::Judge(event.reply);
    CountResult(ResultOf(judgement.verdict));
    if (answer != Answer::kTimedOut) path.back_off_step = 0;
    Take(id, judgement, out);
  } else {
    CountResult(CheckResult::kNoOpinion);
    Apply(id, scsi::NoOpinion{}, scsi::CodeOf(event.reply), ReasonKind::kNoNode, out);
  }
  path.check_is_older = false;
  if (!overdue && !Usable(path.status.standing.state)) {
    path.status.failures.Count(path.status.standing.state);
  }
  if (answer == Answer::kTimedOut) {
    DueAfterTimeout(id);
    if (admission_.Silent(path.nexus)) HoldNexus(path.nexus);
  }
  out.list.push_back(PathUpdated{id});
}

void Core::Take(PathId id, const scsi::Judgement& judgement, Actions& out) {
  Path& path = paths_[id];
  const bool transient = std::holds_alternative<scsi::RetryNow>(judgement.verdict) ||
                         std::holds_alternative<scsi::RetryLater>(judgement.verdict);
  const bool first = path.said == Said::kNothing;
  const bool news = first || path.code != judgement.code;
  const bool back = OutOfReach(path.status.standing) && Answered(judgement.code);
  if (!transient) {
    if (news) path.code_since_ns = path.status.last_sent_ns;
    path.code = judgement.code;
  }
  FollowUp(id, judgement, transient || news, out);
  if (const auto* lasting = std::get_if<scsi::Lasting>(&judgement.verdict)) {
    Apply(id, *lasting, judgement.code, ReasonKind::kReply, out);
  } else if (const auto* now = std::get_if<scsi::RetryNow>(&judgement.verdict)) {
    Apply(id, *now, judgement.code, out);
  } else if (const auto* later = std::get_if<scsi::RetryLater>(&judgement.verdict)) {
    Apply(id, *later, judgement.code, out);
  } else {
    Apply(id, scsi::NoOpinion{}, judgement.code, ReasonKind::kReply, out);
  }
  if (transient || !Answered(judgement.code)) return;
  // While nobody could ask, everything may have changed.
  if (back) ReadIdentity(id, /*before_check=*/false, out);
  const bool group_unknown = path.tpgs != 0 && path.status.target_port_group.has_value() &&
                             path.status.access_state == scsi::AccessState::kUnknown &&
                             !GroupsAreNewerThanCode(path);
  // A reading that is going on finds the groups of the first paths too.
  const bool needed =
      first ? group_unknown && !AluaOf(path.lun)->reading.running : news || group_unknown;
  if (needed || back) WantGroups(path.lun, out);
}

// `news`: the path has not said the same just before.
void Core::FollowUp(PathId id, const scsi::Judgement& judgement, bool news, Actions& out) {
  Path& path = paths_[id];
  const std::uint8_t what = judgement.follow_ups;
  // Of a unit attention: what it is about is read before the next check says that all is well.
  const bool attention = std::holds_alternative<scsi::RetryNow>(judgement.verdict);
  if ((what & scsi::kFollowHold) != 0) path.held = true;
  if (news && (what & scsi::kFollowIdentity) != 0) ReadIdentity(id, attention, out);
  if (news && (what & scsi::kFollowLuns) != 0) WantLuns(id, out);
  const auto* lasting = std::get_if<scsi::Lasting>(&judgement.verdict);
  const bool asked = (what & scsi::kFollowRtpg) != 0;
  const bool differs = (what & scsi::kFollowRtpgIfDiffers) != 0 && lasting != nullptr &&
                       GroupSaysOtherwise(path, *lasting);
  if ((asked && news) || ((asked || differs) && !GroupsAreNewerThanCode(path))) {
    WantGroups(path.lun, out);
  }
  if ((what & scsi::kFollowTransport) != 0) out.list.push_back(LookAtTransport{id});
}

void Core::Apply(PathId id, const scsi::Lasting& verdict, const scsi::Code& code, ReasonKind kind,
                 Actions& out) {
  Path& path = paths_[id];
  path.retries_now = 0;
  path.retries_later = 0;
  Prove(id, verdict.condition);
  path.status.valid_until_ns = ValidUntil(path);
  path.said = verdict.condition == scsi::Condition::kUp ? Said::kUp : Said::kOther;
  path.awaits_groups = false;
  if (verdict.condition == scsi::Condition::kUp) {
    ConcludeUp(id, /*may_ask=*/true, out);
    return;
  }
  if (verdict.condition == scsi::Condition::kTransitioning) {
    EnterTransition(id, verdict.reach, {kind, code}, out);
    return;
  }
  EndTransition(id, out);
  const bool of_group = verdict.condition == scsi::Condition::kGhost ||
                        verdict.condition == scsi::Condition::kUnavailable;
  // The group is not to blame if it was read since and is in another state.
  const bool of_path_alone = of_group && GroupSaysOtherwise(path, verdict) &&
                             path.status.access_state != scsi::AccessState::kUnknown &&
                             GroupsAreNewerThanCode(path);
  const Scope scope = of_group && !of_path_alone ? ScopeOfGroup(path) : ScopeOf(verdict.reach);
  Enter(id, StateOf(verdict.condition), scope, {kind, code}, out);
}

void Core::Apply(PathId id, const scsi::RetryNow& verdict, const scsi::Code& code, Actions& out) {
  Path& path = paths_[id];
  if (path.retries_now >= options_.retry_now_max) {
    path.retries_now = 0;
    if (const auto* lasting = std::get_if<scsi::Lasting>(&verdict.exhausted)) {
      Apply(id, *lasting, code, ReasonKind::kExhausted, out);
    } else {
      Apply(id, scsi::NoOpinion{}, code, ReasonKind::kExhausted, out);
    }
    return;
  }
  ++path.retries_now;
  Mark(path, {ReasonKind::kReply, code});
  if (verdict.at_once) {
    path.wants |= kWantCheck;
  } else {
    DueAt(id, now_ns_ + options_.retry_now_pause_ns);
  }
}

void Core::Apply(PathId id, const scsi::RetryLater& verdict, const scsi::Code& code, Actions& out) {
  Path& path = paths_[id];
  path.retries_now = 0;
  if (verdict.may_end_down) {
    if (++path.retries_later >= PolicyOf(path).retry_later_max) {
      Apply(id, scsi::Lasting{scsi::Condition::kDown, verdict.reach}, code, ReasonKind::kExhausted,
            out);
      return;
    }
  }
  Doubt(id, code, ReasonKind::kReply, out);
  DueAt(id, now_ns_ + PolicyOf(path).retry_later_pause_ns);
}

void Core::Apply(PathId id, const scsi::NoOpinion&, const scsi::Code& code, ReasonKind kind,
                 Actions& out) {
  Path& path = paths_[id];
  path.retries_now = 0;
  path.said = code.has_sense ? Said::kNoOpinion : Said::kOther;
  Doubt(id, code, kind, out);
  if (path.status.standing.state == State::kTransitioning) {
    // It does not last for ever only because nothing more is heard of it.
    const bool of_unit = path.status.standing.scope == Scope::kLogicalUnit;
    EnterTransition(id, of_unit ? scsi::Reach::kLogicalUnit : scsi::Reach::kPath, {kind, code},
                    out);
  }
  Conclude(id, out);
}

void Core::Mark(Path& path, const Reason& reason) {
  if (path.wrong) return;
  path.status.standing.reason = reason;
  Unconfirm(path);
}

void Core::Doubt(PathId id, const scsi::Code& code, ReasonKind kind, Actions& out) {
  Path& path = paths_[id];
  const bool silent = path.activity == Activity::kOverdue || admission_.Silent(path.nexus);
  if (path.status.standing.state == State::kNoAnswer && !silent) {
    // It does answer, though nobody knows what to make of it.
    Enter(id, State::kUnknown, Scope::kPath, {kind, code}, out);
  } else {
    Mark(path, {kind, code});
  }
}

}  // namespace pathwatch::health
