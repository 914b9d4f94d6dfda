// What a reply does to its path.
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

}  // namespace

void Core::Finish(PathId id, const CommandDone& event, Actions& out) {
  Path& path = paths_[id];
  const bool overdue = path.activity == Activity::kOverdue;
  const Answer answer = AnswerOf(event);
  path.activity = Activity::kIdle;
  path_timers_.Clear(id);
  if (event.sent && event.reply.error == 0) {
    path.status.last_done_ns = now_ns_;
    path.status.latency_ns = now_ns_ - path.status.last_sent_ns;
    ++path.status.checks;
  }
  --commands_out_;
  counters_.answered_late += overdue;

  const bool ends = admission_.Returned(path.nexus, path.command, overdue, answer, now_ns_);
  DueRegularly(id);
  if (event.sent) {
    const scsi::Judgement judgement = scsi::Judge(event.reply);
    CountResult(ResultOf(judgement.verdict));
    if (answer != Answer::kTimedOut) path.back_off_step = 0;
    if (const auto* lasting = std::get_if<scsi::Lasting>(&judgement.verdict)) {
      Apply(id, *lasting, judgement.code, ReasonKind::kReply, out);
    } else if (const auto* now = std::get_if<scsi::RetryNow>(&judgement.verdict)) {
      Apply(id, *now, judgement.code, out);
    } else if (const auto* later = std::get_if<scsi::RetryLater>(&judgement.verdict)) {
      Apply(id, *later, judgement.code, out);
    } else {
      Apply(id, scsi::NoOpinion{}, judgement.code, ReasonKind::kReply, out);
    }
  } else {
    CountResult(CheckResult::kNoOpinion);
    Apply(id, scsi::NoOpinion{}, scsi::CodeOf(event.reply), ReasonKind::kNoNode, out);
  }
  if (!Usable(path.status.standing.state)) ++path.status.failures;
  if (answer == Answer::kTimedOut) {
    DueAfterTimeout(id);
    if (admission_.Silent(path.nexus)) HoldNexus(path.nexus);
  }
  out.list.push_back(PathUpdated{id});

  if (path.check_again) {
    path.check_again = false;
    path.due_ns = now_ns_;
    Due(id, /*first=*/true);
  }
  if (ends) EndSilence(path.nexus, out);
  if (DeviceSeemsGone(event.reply.error)) out.list.push_back(RescanWanted{id});
  StartWaiting(path.host, out);
}

void Core::Apply(PathId id, const scsi::Lasting& verdict, const scsi::Code& code, ReasonKind kind,
                 Actions& out) {
  Path& path = paths_[id];
  path.retries_now = 0;
  path.retries_later = 0;
  path.status.valid_until_ns = now_ns_ + options_.interval_ns + options_.deadline_ns;
  Enter(id, StateOf(verdict.condition), ScopeOf(verdict.reach), {kind, code}, out);
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
  Doubt(id, code, ReasonKind::kReply);
  if (verdict.at_once) {
    path.due_ns = now_ns_;
    Due(id, /*first=*/true);
  } else {
    DueAt(id, now_ns_ + options_.retry_now_pause_ns);
  }
}

void Core::Apply(PathId id, const scsi::RetryLater& verdict, const scsi::Code& code, Actions& out) {
  Path& path = paths_[id];
  path.retries_now = 0;
  if (verdict.may_end_down) {
    if (++path.retries_later >= options_.retry_later_max) {
      Apply(id, scsi::Lasting{scsi::Condition::kDown, verdict.reach}, code, ReasonKind::kExhausted,
            out);
      return;
    }
  }
  Doubt(id, code, ReasonKind::kReply);
  DueAt(id, now_ns_ + options_.retry_later_pause_ns);
}

void Core::Apply(PathId id, const scsi::NoOpinion&, const scsi::Code& code, ReasonKind kind,
                 Actions&) {
  Path& path = paths_[id];
  path.retries_now = 0;
  Doubt(id, code, kind);
}

void Core::Doubt(PathId id, const scsi::Code& code, ReasonKind kind) {
  Standing& standing = paths_[id].status.standing;
  standing.reason = {kind, code};
  standing.unconfirmed = standing.state != State::kUnknown;
}

}  // namespace pathwatch::health
