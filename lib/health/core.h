// The core: decides when each path is checked and what its state is.
//
//   Core core(options);
//   core.Step(now_ns, event, actions);   // appends what has to be done
//
// It has no clock, no descriptor and no log: the same core runs under the real ring and in the
// simulator. Time must not go backwards between steps.
//
// Thread rule: one thread.
#ifndef PATHWATCH_LIB_HEALTH_CORE_H_
#define PATHWATCH_LIB_HEALTH_CORE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "lib/health/action.h"
#include "lib/health/admission.h"
#include "lib/health/alua_cache.h"
#include "lib/health/duration_histogram.h"
#include "lib/health/event.h"
#include "lib/health/ids.h"
#include "lib/health/options.h"
#include "lib/health/state.h"
#include "lib/health/time.h"
#include "lib/health/timer_wheel.h"
#include "lib/scsi/identity.h"
#include "lib/scsi/rtpg.h"
#include "lib/scsi/verdict.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::health {

// Checks after which a path was not usable, by its state then. A check that passes its deadline is
// one, of kNoAnswer, and no other when it comes back.
class FailureCounts {
 public:
  // REQUIRES: neither usable nor removed.
  void Count(State state) { ++counts_[IndexOf(state)]; }
  // 0 for the others.
  std::uint32_t of(State state) const { return Counted(state) ? counts_[IndexOf(state)] : 0; }
  std::uint64_t total() const;

 private:
  static bool Counted(State state) { return !Usable(state) && state != State::kRemoved; }
  static std::size_t IndexOf(State state) {
    return state == State::kUnknown ? 0 : static_cast<std::size_t>(state) - 2;
  }

  std::array<std::uint32_t, 7> counts_{};
};

// What is published of a path besides its identity.
struct PathStatus {
  Standing standing;
  TimeNs last_sent_ns = 0;    // 0 = never
  TimeNs last_done_ns = 0;    // 0 = never
  TimeNs valid_until_ns = 0;  // the standing is stale after this
  DurationNs latency_ns = 0;  // of the last check that came back
  std::uint64_t checks = 0;   // those that came back
  FailureCounts failures;
  std::uint64_t state_changes = 0;
  // Asymmetric access, as this path's VPD page 83h and the port groups of its LU have it.
  std::optional<std::uint16_t> target_port_group;
  std::optional<std::uint16_t> relative_target_port;
  scsi::AccessState access_state = scsi::AccessState::kUnknown;
  bool preferred = false;
};

// What is known of the asymmetric access of a logical unit.
struct AluaStatus {
  AluaCache cache;
  TimeNs read_ns = 0;    // when the groups were read last; 0 = never
  bool refused = false;  // the array does not take the command
};

// The commands whose durations are kept. Published values (proto/state_table.h).
enum class CommandKind : std::uint8_t { kCheck, kGroups, kIdentity, kLuns };
inline constexpr std::size_t kCommandKinds = 4;
using CommandDurations = std::array<DurationHistogram, kCommandKinds>;  // by CommandKind

// What a check that came back has said.
enum class CheckResult : std::uint8_t {
  kUp,
  kGhost,
  kTransitioning,
  kUnavailable,
  kDown,
  kUnmapped,
  kRetryNow,
  kRetryLater,
  kNoOpinion,
};
inline constexpr std::size_t kCheckResults = 9;

// Totals since the start.
struct Counters {
  std::uint64_t checks_started = 0;
  std::array<std::uint64_t, kCheckResults> results{};  // indexed by CheckResult
  std::uint64_t overdue = 0;                           // checks that passed their deadline
  std::uint64_t answered_late = 0;                     // of those, came back after all
  std::uint64_t state_changes = 0;
  std::array<std::uint64_t, 5> deferred{};  // indexed by Wait
  std::uint64_t deferred_by_transport = 0;  // the kernel was known to hold commands back
  std::uint64_t groups_sent = 0;            // REPORT TARGET PORT GROUPS
  std::uint64_t groups_failed = 0;
  std::uint64_t identity_sent = 0;  // INQUIRY and VPD page 83h
  std::uint64_t identity_failed = 0;
  std::uint64_t luns_sent = 0;  // REPORT LUNS
  std::uint64_t luns_failed = 0;
  std::uint64_t identity_changes = 0;
  std::uint64_t alua_changes = 0;  // readings in which a port group had changed
};

class Core {
 public:
  explicit Core(const Options& options);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  // The only door. `out.list` gets the actions in order; `out.wake_ns` is always set.
  void Step(TimeNs now_ns, const Event& event, Actions& out);

  // What the events so far have led to. REQUIRES: the id was found and not forgotten.
  const PathStatus& path(PathId id) const { return paths_[id].status; }
  // Paths by state. REQUIRES: a path of it was found, or the host itself.
  const StateCounts& lun_counts(LunId id) const { return luns_[id].counts; }
  const StateCounts& nexus_counts(NexusId id) const { return nexuses_[id].counts; }
  const StateCounts& host_counts(HostId id) const { return hosts_[id].counts; }
  const StateCounts& counts() const { return counts_; }
  const Counters& counters() const { return counters_; }
  // nullptr: the logical unit has no asymmetric access. REQUIRES: as lun_counts.
  const AluaStatus* alua(LunId id) const;
  // Which logical unit answers instead; nullptr unless the path is `wrong_lu` and it was read.
  const scsi::LogicalUnitIdentity* found_identity(PathId id) const;
  // LUNs that targets have reported and of which no path was found.
  std::uint32_t unscanned_luns() const;
  // How long commands took that came back through it, bounds kCommandBounds; since the first of its
  // paths was found.
  const CommandDurations& nexus_durations(NexusId id) const { return nexuses_[id].durations; }
  bool nexus_silent(NexusId id) const { return admission_.Silent(id); }
  // Commands that are out, those of removed paths included.
  std::uint32_t nexus_commands_out(NexusId id) const { return admission_.NexusOut(id); }
  std::uint32_t host_commands_out(HostId id) const { return admission_.HostOut(id); }
  std::uint32_t commands_out() const { return commands_out_; }
  std::uint32_t silent_nexuses() const { return silent_nexuses_; }

 private:
  // What a path is doing at the moment.
  enum class Activity : std::uint8_t {
    kIdle,     // its timer says when the next check is due
    kLooking,  // due; waits for what the kernel says of its transport
    kInLine,   // due; waits for room on its nexus or host
    kOut,      // a command is out; its timer is the deadline
    kOverdue,  // a command is out for longer than the deadline
    kRemoved,  // its timer says when it is forgotten
  };

  // What a path is to be sent, as a set of bits. One command at a time.
  enum Want : std::uint8_t {
    kWantCheck = 1,     // TEST UNIT READY
    kWantGroups = 2,    // REPORT TARGET PORT GROUPS, for its logical unit
    kWantInquiry = 4,   // standard INQUIRY data
    kWantIdentity = 8,  // VPD page 83h
    kWantLuns = 16,     // REPORT LUNS, for its I_T nexus
  };

  // What the last check that said something has said.
  enum class Said : std::uint8_t { kNothing, kUp, kNoOpinion, kOther };

  using Designators = std::vector<std::uint64_t>;  // as scsi::LogicalUnitIdentity has them

  struct Path {
    PathStatus status;
    // Of its logical unit; shared with other paths. Null: not known yet.
    std::shared_ptr<const Designators> identity;
    // Of the last INQUIRY data and page 83h that were taken over: the same bytes say nothing new.
    std::size_t inquiry_hash = 0;
    std::size_t page_hash = 0;
    scsi::Code code;                 // of the last check ...
    TimeNs code_since_ns = 0;        // ... and since when checks say so
    CommandId command = 0;           // that is out
    TimeNs sent_ns = 0;              // the last command of any kind
    TimeNs due_ns = 0;               // of the next check
    TimeNs blocked_since_ns = 0;     // the kernel holds commands back; 0: it does not
    TimeNs transition_since_ns = 0;  // in transition without a break; 0: it is not
    std::uint64_t lun_number = 0;
    HostId host = kNone;
    NexusId nexus = kNone;
    LunId lun = kNone;
    PolicyId policy = kDefaultPolicy;
    std::uint32_t command_timeout_ms = 0;  // the device's own
    std::uint32_t data_length = 0;         // that the command which is out may have as its reply
    std::uint32_t doubted_ms = 0;          // when it was doubted last, modulo 2^32; 0: never
    std::uint16_t page_length = 0;         // of VPD page 83h, if it is longer than usual
    Activity activity = Activity::kRemoved;
    std::uint8_t wants = 0;     // Want
    std::uint8_t sending = 0;   // the Want that is out
    std::uint8_t tpgs : 2 = 0;  // as PathFound::tpgs
    std::uint8_t errand_tries : 4 = 0;
    std::uint8_t retries_now = 0;  // transient replies in a row
    std::uint8_t retries_later = 0;
    std::uint8_t back_off_step = 0;  // kernel timeouts in a row
    Said said = Said::kNothing;
    bool backing_off : 1 = false;     // the next check was put off
    bool check_again : 1 = false;     // asked for while a command was out
    bool looked : 1 = false;          // the transport was looked at for what is due now
    bool first : 1 = false;           // before others of its nexus
    bool identity_first : 1 = false;  // before the next check
    bool held : 1 = false;            // not to be used before its identity was read
    bool unmapped : 1 = false;        // no logical unit is there, whatever a check says
    bool wrong : 1 = false;           // another logical unit answers
    bool awaits_groups : 1 = false;   // a check said up, the cache says otherwise
    bool doubted : 1 = false;         // since then no check has said anything, or only one ...
    bool check_is_older : 1 = false;  // ... like this that is out, which was sent before
    bool on_probation : 1 = false;    // doubted again soon after the last time
  };
  // Paths of a nexus, removed ones excluded, in the order of their finding.
  struct Nexus {
    std::vector<PathId> members;
    StateCounts counts{};
    PathId luns_carrier = kNone;  // sends, or is to send, REPORT LUNS
    TimeNs luns_sent_ns = 0;
    std::uint32_t luns_length = 0;  // of the list, if it is longer than usual
    std::uint32_t unscanned = 0;
    CommandDurations durations{};
  };
  // A reading of the port groups of a logical unit.
  struct Reading {
    PathId carrier = kNone;     // sends, or is to send, the command
    std::vector<PathId> tried;  // in this round
    TimeNs sent_ns = 0;         // the first command of the round
    TimeNs good_sent_ns = 0;    // the first command of the last round that told something
    TimeNs not_before_ns = 0;
    std::uint32_t length = 0;  // of the reply, if it is longer than usual
    std::uint8_t tries = 0;    // of the carrier
    bool wanted = false;       // as soon as it may be
    bool running = false;
    bool told = false;         // a reply of this round was taken over
    bool changed = false;      // something that is published
    bool length_only = false;  // the array does not take, or spoils, the extended header
  };
  struct Alua {
    AluaStatus status;
    Reading reading;
  };
  struct LogicalUnit {
    std::vector<PathId> members;
    StateCounts counts{};
    std::unique_ptr<Alua> alua;  // null: no path has asymmetric access
    TimeNs refresh_ns = kNever;
    std::uint32_t refreshes = 0;
  };
  struct Host {
    StateCounts counts{};
    std::vector<NexusId> nexuses;  // that have a path
  };
  struct Removal {
    PathId path;
    TimeNs when_ns;
  };
  // A command of a path that was removed, or removed and found again.
  struct Orphan {
    NexusId nexus;
    bool overdue;
  };

  void On(const Tick&, Actions& out);
  void On(const HostFound&, Actions& out);
  void On(const PathFound&, Actions& out);
  void On(const PathGone&, Actions& out);
  void On(const CommandDone&, Actions& out);
  void On(const TransportSeen&, Actions& out);
  void On(const PathMoved&, Actions& out);
  void On(const IdentityDoubted&, Actions& out);
  void On(const PathDoubted&, Actions& out);
  void On(const CheckNow&, Actions& out);
  void On(const AcceptIdentity&, Actions& out);
  void On(const OptionsSet&, Actions& out);
  void On(const PolicySet&, Actions& out);
  void On(const PolicyAssigned&, Actions& out);

  // Schedule (schedule.cc).
  void Due(PathId id, bool first, Actions& out);
  void DueAt(PathId id, TimeNs when_ns);
  TimeNs NextRegularly(PathId id) const;
  void DueRegularly(PathId id);
  void DueAfterTimeout(PathId id);
  void Send(PathId id, std::uint8_t errands, Actions& out);
  void Line(PathId id, bool first, Actions& out);
  void Resume(PathId id, Actions& out);
  void StartWaiting(HostId host, Actions& out);
  std::uint8_t NextWant(const Path& path) const;
  StartCommand CommandFor(PathId id);
  void EndBackOff(PathId id, Actions& out);
  void HoldNexus(NexusId nexus);
  void CapBackOffs(LunId lun);

  // Options (configure.cc).
  const Policy& PolicyOf(const Path& path) const { return policies_[path.policy]; }
  DurationNs RefreshOf(LunId lun) const;
  void SetPolicy(PolicyId id, const Policy& policy);
  void Refit(PathId id, const Policy& before);

  // Deadlines and silent nexuses (silence.cc).
  void PassDeadline(PathId id, Actions& out);
  void BeginSilence(NexusId nexus, Actions& out);
  void EndSilence(NexusId nexus, Actions& out);
  void SpreadSilence(NexusId changed, Actions& out);
  Scope ScopeOfSilence(const Path& path) const;

  // The transport (transport.cc).
  void HoldBack(PathId id, DeviceCondition condition, bool waiting, Actions& out);

  // Replies to checks (replies.cc).
  void Finish(PathId id, const CommandDone& event, Actions& out);
  void FinishCheck(PathId id, const CommandDone& event, bool overdue, Actions& out);
  void FinishErrand(PathId id, std::uint8_t sent, const CommandDone& event, Actions& out);
  void Take(PathId id, const scsi::Judgement& judgement, Actions& out);
  void FollowUp(PathId id, const scsi::Judgement& judgement, bool news, Actions& out);
  void Apply(PathId id, const scsi::Lasting& verdict, const scsi::Code& code, ReasonKind kind,
             Actions& out);
  void Apply(PathId id, const scsi::RetryNow& verdict, const scsi::Code& code, Actions& out);
  void Apply(PathId id, const scsi::RetryLater& verdict, const scsi::Code& code, Actions& out);
  void Apply(PathId id, const scsi::NoOpinion& verdict, const scsi::Code& code, ReasonKind kind,
             Actions& out);
  // The target has not answered of late, as far as that standing goes.
  static bool OutOfReach(const Standing& standing);
  // Takes note that a check has said something lasting, or else plans the one that counts.
  void Prove(PathId id, scsi::Condition condition);
  // Where nothing is known there is nothing to confirm, unless somebody has cast doubt on it.
  static void Unconfirm(Path& path) {
    Standing& standing = path.status.standing;
    standing.unconfirmed = path.doubted || standing.state != State::kUnknown;
  }
  // The state stays, but the last reply has not confirmed it.
  static void Mark(Path& path, const Reason& reason);
  void Doubt(PathId id, const scsi::Code& code, ReasonKind kind, Actions& out);
  void CountDuration(const Path& path, std::uint8_t sent, const CommandDone& event);
  void CountResult(CheckResult result) { ++counters_.results[static_cast<std::size_t>(result)]; }

  // Port groups (groups.cc).
  Alua* AluaOf(LunId lun) { return luns_[lun].alua.get(); }
  void SetTpgs(PathId id, std::uint8_t tpgs);
  void WantGroups(LunId lun, Actions& out);
  void ReadGroups(LunId lun, Actions& out);
  void AskForGroups(LunId lun, Actions& out);
  PathId GroupsCarrier(LunId lun) const;
  void FinishGroups(PathId id, const CommandDone& event, Actions& out);
  bool TakeGroups(PathId id, std::span<const std::uint8_t> data);
  bool GroupsRefused(PathId id, const scsi::Judgement& judgement, Actions& out);
  void EndGroups(LunId lun, Actions& out);
  void LoseCarrier(PathId id, Actions& out);
  bool CopyAccess(PathId id);
  bool GroupsAreNewerThanCode(const Path& path) const;
  bool GroupsAreAwaited(LunId lun) const;
  static bool GroupSaysOtherwise(const Path& path, const scsi::Lasting& verdict);
  Scope ScopeOfGroup(const Path& path) const;

  // From what a check has said to a state, with the port groups (access.cc).
  // What the last check has said counts no more: something else decides now.
  static void Disregard(Path& path) {
    path.said = Said::kOther;
    path.awaits_groups = false;
  }
  void Conclude(PathId id, Actions& out);
  void ConcludeUp(PathId id, bool may_ask, Actions& out);
  void EnterTransition(PathId id, scsi::Reach reach, const Reason& reason, Actions& out);
  void EndTransition(PathId id, Actions& out);

  // Identity (identity.cc).
  void SetIdentity(PathId id, Designators designators);
  void ReadIdentity(PathId id, bool before_check, Actions& out);
  void FinishInquiry(PathId id, const CommandDone& event, Actions& out);
  void FinishIdentity(PathId id, const CommandDone& event, Actions& out);
  void TakeIdentity(PathId id, const scsi::Vpd83& page, Actions& out);
  void OtherIdentity(PathId id, scsi::LogicalUnitIdentity found, Actions& out);
  void NotMapped(PathId id, ReasonKind kind, Actions& out);
  void WantLuns(PathId id, Actions& out);
  void FinishLuns(PathId id, const CommandDone& event, Actions& out);
  void Refresh(LunId lun, Actions& out);
  void ScheduleRefresh(LunId lun);
  void LunIsDue(LunId lun, Actions& out);
  void ArmLun(LunId lun);

  // States (core.cc).
  void Enter(PathId id, State state, Scope scope, const Reason& reason, Actions& out);
  void Count(const Path& path, State state, std::uint32_t change);
  void Move(PathId id, LunId lun, Actions& out);
  void JoinNexus(PathId id);
  void LeaveNexus(PathId id);
  void JoinLun(PathId id);
  void LeaveLun(PathId id, Actions& out);
  // When a verdict of this moment gets stale.
  TimeNs ValidUntil(const Path& path) const {
    return now_ns_ + PolicyOf(path).interval_ns + PolicyOf(path).deadline_ns;
  }
  bool HasUsablePath(LunId lun) const;
  void Forget(PathId id, Actions& out);
  bool StillRemoved(const Removal& removal) const;
  void ForgetSurplus(Actions& out);

  Options options_;
  std::vector<Policy> policies_;  // by PolicyId
  Admission admission_{options_};
  TimerWheel path_timers_;
  TimerWheel nexus_timers_;  // ends of the back-offs of silent nexuses
  TimerWheel lun_timers_;    // readings of port groups and identities that are due
  std::vector<Path> paths_;
  std::vector<Nexus> nexuses_;
  std::vector<LogicalUnit> luns_;
  std::vector<Host> hosts_;
  std::unordered_map<PathId, scsi::LogicalUnitIdentity> found_identities_;  // of wrong paths
  std::unordered_map<CommandId, Orphan> orphans_;
  std::deque<Removal> removals_;  // oldest first; some may have come back since
  StateCounts counts_{};
  Counters counters_;
  CommandId last_command_ = 0;
  std::uint32_t commands_out_ = 0;
  std::uint32_t silent_nexuses_ = 0;
  TimeNs now_ns_ = 0;
  Cause cause_ = Cause::kCheck;         // of the present step
  std::vector<std::uint32_t> expired_;  // kept between steps for its memory
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_CORE_H_
