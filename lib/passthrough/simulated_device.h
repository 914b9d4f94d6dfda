// Devices of a Fabric, answering in real time through the loop's timers.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_SIMULATED_DEVICE_H_
#define PATHWATCH_LIB_PASSTHROUGH_SIMULATED_DEVICE_H_

#include <cstdint>
#include <memory>
#include <queue>
#include <vector>

#include "lib/passthrough/fabric.h"
#include "lib/passthrough/passthrough.h"
#include "lib/ring/loop.h"
#include "lib/ring/timer.h"

namespace pathwatch::passthrough {

class SimulatedFabric {
 public:
  // Neither is owned; `fabric` outlives this object, and this object outlives `loop`.
  SimulatedFabric(ring::Loop& loop, const Fabric& fabric) : loop_(loop), fabric_(fabric) {}
  SimulatedFabric(const SimulatedFabric&) = delete;
  SimulatedFabric& operator=(const SimulatedFabric&) = delete;

  // REQUIRES: path < fabric.paths(); the device does not outlive this object's last reply.
  std::unique_ptr<Device> Open(std::uint32_t path);

 private:
  static constexpr health::DurationNs kSlotNs = 1'000'000;

  class SimulatedDevice;
  struct Pending {
    health::TimeNs when_ns;
    std::uint64_t order;  // among answers of the same time
    Command* command;
    std::uint32_t path;
    Fabric::Answer answer;
    bool operator>(const Pending& other) const {
      return when_ns != other.when_ns ? when_ns > other.when_ns : order > other.order;
    }
  };

  void Send(std::uint32_t path, Fabric::Session& session, Command& command);
  void OnDue(std::int64_t now_ns);
  void Answer(const Pending& done);
  void ArmNext();

  ring::Loop& loop_;
  const Fabric& fabric_;
  std::priority_queue<Pending, std::vector<Pending>, std::greater<>> pending_;
  std::uint64_t sent_ = 0;
  ring::BoundTimer<SimulatedFabric, &SimulatedFabric::OnDue> due_{*this};
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_SIMULATED_DEVICE_H_
