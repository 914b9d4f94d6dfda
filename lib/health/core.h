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
#include <unordered_map>
#include <vector>

#include "lib/health/action.h"
#include "lib/health/admission.h"
#include "lib/health/event.h"
#include "lib/health/ids.h"
#include "lib/health/options.h"
#include "lib/health/state.h"
#include "lib/health/time.h"
#include "lib/health/timer_wheel.h"
#include "lib/scsi/verdict.h"

namespace pathwatch::health {

// What is published of a path besides its identity.
struct PathStatus {
  Standing standing;
  TimeNs last_sent_ns = 0;    // 0 = never
  TimeNs last_done_ns = 0;    // 0 = never
  TimeNs valid_until_ns = 0;  // the standing is stale after this
  DurationNs latency_ns = 0;  // of the last check that came back
  std::uint64_t checks = 0;
  std::uint64_t failures = 0;  // checks that did not say up or ghost
  std::uint64_t state_changes = 0;
};

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
  const StateCounts& host_counts(HostId id) const { return hosts_[id]; }
  const StateCounts& counts() const { return counts_; }
  const Counters& counters() const { return counters_; }
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
    kInLine,   // due; waits for room on its nexus or host
    kOut,      // a command is out; its timer is the deadline
    kOverdue,  // a command is out for longer than the deadline
    kRemoved,  // its timer says when it is forgotten
  };

  struct Path {
    PathStatus status;
    CommandId command = 0;  // that is out
    TimeNs due_ns = 0;
    HostId host = kNone;
    NexusId nexus = kNone;
    LunId lun = kNone;
    std::uint32_t command_timeout_ms = 0;
    Activity activity = Activity::kRemoved;
    std::uint8_t retries_now = 0;  // transient replies in a row
    std::uint8_t retries_later = 0;
    std::uint8_t back_off_step = 0;  // kernel timeouts in a row
    bool backing_off = false;        // the next check was put off
    bool check_again = false;        // asked for while a command was out
  };
  // Paths of a nexus or a logical unit, removed ones excluded, in the order of their finding.
  struct Group {
    std::vector<PathId> members;
    StateCounts counts{};
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
  void On(const CheckNow&, Actions& out);

  // Schedule (schedule.cc).
  void Due(PathId id, bool first);
  void DueAt(PathId id, TimeNs when_ns);
  void DueRegularly(PathId id);
  void DueAfterTimeout(PathId id);
  void StartWaiting(HostId host, Actions& out);
  void EndBackOff(PathId id, Actions& out);
  void HoldNexus(NexusId nexus);
  void CapBackOffs(LunId lun);

  // Deadlines and silent nexuses (silence.cc).
  void PassDeadline(PathId id, Actions& out);
  void BeginSilence(NexusId nexus, Actions& out);
  void EndSilence(NexusId nexus, Actions& out);

  // Replies (replies.cc).
  void Finish(PathId id, const CommandDone& event, Actions& out);
  void Apply(PathId id, const scsi::Lasting& verdict, const scsi::Code& code, ReasonKind kind,
             Actions& out);
  void Apply(PathId id, const scsi::RetryNow& verdict, const scsi::Code& code, Actions& out);
  void Apply(PathId id, const scsi::RetryLater& verdict, const scsi::Code& code, Actions& out);
  void Apply(PathId id, const scsi::NoOpinion& verdict, const scsi::Code& code, ReasonKind kind,
             Actions& out);
  void Doubt(PathId id, const scsi::Code& code, ReasonKind kind);
  void CountResult(CheckResult result) { ++counters_.results[static_cast<std::size_t>(result)]; }

  // States (core.cc).
  void Enter(PathId id, State state, Scope scope, const Reason& reason, Actions& out);
  void Count(const Path& path, State state, std::uint32_t change);
  bool HasUsablePath(LunId lun) const;
  void Forget(PathId id, Actions& out);
  void ForgetSurplus(Actions& out);

  const Options options_;
  Admission admission_{options_};
  TimerWheel path_timers_;
  TimerWheel nexus_timers_;  // ends of the back-offs of silent nexuses
  std::vector<Path> paths_;
  std::vector<Group> nexuses_;
  std::vector<Group> luns_;
  std::vector<StateCounts> hosts_;
  std::unordered_map<CommandId, Orphan> orphans_;
  struct Removal {
    PathId path;
    TimeNs when_ns;
  };
  std::deque<Removal> removals_;  // oldest first; some may have come back since
  StateCounts counts_{};
  Counters counters_;
  CommandId last_command_ = 0;
  std::uint32_t commands_out_ = 0;
  std::uint32_t silent_nexuses_ = 0;
  TimeNs now_ns_ = 0;
  std::vector<std::uint32_t> expired_;  // kept between steps for its memory
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_CORE_H_
