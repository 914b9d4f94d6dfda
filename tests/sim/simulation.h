// The core and the fabric, joined by virtual time.
#ifndef PATHWATCH_TESTS_SIM_SIMULATION_H_
#define PATHWATCH_TESTS_SIM_SIMULATION_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <queue>
#include <string>
#include <vector>

#include "lib/health/core.h"
#include "lib/passthrough/fabric.h"

namespace pathwatch::sim {

class Simulation {
 public:
  Simulation(const passthrough::FabricOptions& fabric, const health::Options& options);

  // From that time on the fabric's faults hold still.
  void HoldAt(health::TimeNs when_ns) { fabric_.Hold(when_ns); }
  // How long after that every path must have been seen as it is.
  health::DurationNs SettlingTime() const {
    return options_.deadline_ns + 2 * options_.interval_ns;
  }
  void RunUntil(health::TimeNs end_ns);

  // A line per path whose state is not the truth; empty if all is well.
  std::string Differences() const;

  std::uint64_t checks() const { return core_.counters().checks_started; }
  // The most commands that were out on one nexus at a time and not yet past their deadline.
  std::size_t worst_nexus_in_time() const { return worst_nexus_in_time_; }
  // Of the checks after the first interval.
  health::DurationNs worst_lateness_ns() const { return worst_lateness_ns_; }
  const health::Core& core() const { return core_; }

 private:
  struct Reply {
    health::TimeNs when_ns;
    health::CommandId command;
    health::PathId path;
    passthrough::Fabric::Answer answer;
    bool operator>(const Reply& other) const {
      return when_ns != other.when_ns ? when_ns > other.when_ns : command > other.command;
    }
  };

  void Step(const health::Event& event);
  void Deliver(const Reply& reply);
  health::NexusId NexusOf(health::PathId path) const;
  void CountInTime(health::NexusId nexus);

  const health::Options options_;
  passthrough::Fabric fabric_;
  health::Core core_;
  health::Actions actions_;
  health::TimeNs now_ns_ = 0;
  std::priority_queue<Reply, std::vector<Reply>, std::greater<>> replies_;
  std::uint32_t targets_ = 0;
  std::vector<std::map<health::CommandId, health::TimeNs>> out_;  // by nexus: when it was sent
  std::size_t worst_nexus_in_time_ = 0;
  health::DurationNs worst_lateness_ns_ = 0;
};

}  // namespace pathwatch::sim

#endif  // PATHWATCH_TESTS_SIM_SIMULATION_H_
