// The core and the fabric, joined by virtual time.
#ifndef PATHWATCH_TESTS_SIM_SIMULATION_H_
#define PATHWATCH_TESTS_SIM_SIMULATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "lib/health/core.h"
#include "lib/passthrough/fabric.h"
#include "lib/scsi/cdb.h"

namespace pathwatch::sim {

class Simulation {
 public:
  // From `hold_ns` on the fabric's faults hold still.
  Simulation(const passthrough::FabricOptions& fabric, const health::Options& options,
             health::TimeNs hold_ns = health::kNever);

  // How long after that every path must have been seen as it is. What only INQUIRY data show has
  // been read before, see passthrough::Story::changes_room_ns.
  health::DurationNs SettlingTime() const {
    return fabric_.options().story.transition_ns + options_.deadline_ns + 2 * options_.interval_ns;
  }
  void RunUntil(health::TimeNs end_ns);

  // What an operator may change on the way. `options` and the values of the policies are not those
  // that SettlingTime() and the rules take for granted: end with those, before the faults hold
  // still.
  void Set(const health::Options& options) { Step(health::OptionsSet{options}); }
  void Set(health::PolicyId id, const health::Policy& policy) {
    Step(health::PolicySet{id, policy});
  }
  void Assign(health::PathId path, health::PolicyId policy) {
    Step(health::PolicyAssigned{path, policy});
  }

  // Something else than a check says that the path may not work. The rule: only a check that is
  // sent from now on confirms its state.
  void Doubt(health::PathId path);

  // A line per path whose state, and per logical unit whose port groups, are not the truth; empty
  // if all is well. Leaves out what nobody could find out through any path.
  std::string Differences() const;
  // A line for each rule that was broken on the way; empty if all is well.
  const std::string& violations() const { return violations_; }

  // Doubted paths that a check has confirmed since.
  std::uint64_t confirmed() const { return confirmed_; }
  std::uint64_t checks() const { return core_.counters().checks_started; }
  // The most commands that were out on one nexus at a time and not yet past their deadline.
  std::size_t worst_nexus_in_time() const { return worst_nexus_in_time_; }
  // The most REPORT TARGET PORT GROUPS that one logical unit got within 10 s.
  std::size_t worst_groups_rate() const { return worst_groups_rate_; }
  // Of the checks after the first interval.
  health::DurationNs worst_lateness_ns() const { return worst_lateness_ns_; }
  // How many paths came into that state, over the whole time.
  std::uint64_t entered(health::State state) const {
    return entered_[static_cast<std::size_t>(state)];
  }
  const health::Core& core() const { return core_; }
  const passthrough::Fabric& fabric() const { return fabric_; }

 private:
  struct Reply {
    health::TimeNs when_ns;
    health::StartCommand start;
    passthrough::Fabric::Answer answer;
    bool operator>(const Reply& other) const {
      return when_ns != other.when_ns ? when_ns > other.when_ns
                                      : start.command > other.start.command;
    }
  };

  void Step(const health::Event& event);
  void Do(const health::StartCommand& start);
  void Do(const health::StateChanged& change);
  void Do(const health::PathUpdated& update);
  void Deliver(const Reply& reply);
  health::NexusId NexusOf(health::PathId path) const;
  health::LunId LunOf(health::PathId path) const;
  void CountInTime(health::NexusId nexus);
  void CountGroups(health::LunId lun);
  void Violation(health::PathId path, const std::string& what);
  bool CanBeKnown(health::PathId path) const;
  std::string PathDifference(health::PathId path) const;
  std::string GroupsDifference(health::LunId lun) const;

  const health::Options options_;
  passthrough::Fabric fabric_;
  std::vector<passthrough::Fabric::Session> sessions_;  // by path
  health::Core core_;
  health::Actions actions_;
  health::TimeNs now_ns_ = 0;
  std::priority_queue<Reply, std::vector<Reply>, std::greater<>> replies_;
  std::vector<std::map<health::CommandId, health::TimeNs>> out_;  // by nexus: when it was sent
  std::vector<bool> busy_;                                        // by path: a command is out
  std::vector<std::optional<health::TimeNs>> doubts_;  // by path: no check was answered since
  std::uint64_t confirmed_ = 0;
  std::vector<std::deque<health::TimeNs>> groups_sent_;  // by logical unit, the last 10 s
  std::size_t worst_nexus_in_time_ = 0;
  std::size_t worst_groups_rate_ = 0;
  health::DurationNs worst_lateness_ns_ = 0;
  std::array<std::uint64_t, health::kStates> entered_{};
  std::string violations_;
};

}  // namespace pathwatch::sim

#endif  // PATHWATCH_TESTS_SIM_SIMULATION_H_
