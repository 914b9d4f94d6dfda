#include "lib/passthrough/simulated_device.h"

#include <algorithm>
#include <array>

namespace pathwatch::passthrough {

class SimulatedFabric::SimulatedDevice final : public Device {
 public:
  SimulatedDevice(SimulatedFabric& fabric, std::uint32_t path) : fabric_(fabric), path_(path) {}

  void Submit(Command& command) override { fabric_.Send(path_, command); }

 private:
  SimulatedFabric& fabric_;
  const std::uint32_t path_;
};

std::unique_ptr<Device> SimulatedFabric::Open(std::uint32_t path) {
  return std::make_unique<SimulatedDevice>(*this, path);
}

void SimulatedFabric::Send(std::uint32_t path, Command& command) {
  const Fabric::Answer answer = fabric_.Send(loop_.now_ns(), path, command.cdb);
  if (answer.when_ns == health::kNever) return;
  pending_.push({answer.when_ns, ++sent_, &command, answer});
  if (pending_.top().command == &command) ArmNext();
}

void SimulatedFabric::OnDue(std::int64_t now_ns) {
  while (!pending_.empty() && pending_.top().when_ns <= now_ns) {
    const Pending done = pending_.top();
    pending_.pop();
    scsi::Reply reply;
    reply.status = done.answer.status;
    reply.host_status = done.answer.host_status;
    if (done.answer.status == 0x02) {
      // Fixed format, current (SPC-4 4.5.3).
      const std::array<std::uint8_t, 18> sense = {0x70,
                                                  0,
                                                  done.answer.sense_key,
                                                  0,
                                                  0,
                                                  0,
                                                  0,
                                                  10,
                                                  0,
                                                  0,
                                                  0,
                                                  0,
                                                  done.answer.asc,
                                                  done.answer.ascq};
      std::copy(sense.begin(), sense.end(), done.command->sense_buffer().begin());
      reply.sense = done.command->sense_buffer().first(sense.size());
    }
    done.command->Answer(reply);
  }
  ArmNext();
}

void SimulatedFabric::ArmNext() {
  if (pending_.empty()) return;
  // Answers of one slot come in one turn of the loop: real hosts gather interrupts too.
  const health::TimeNs when = pending_.top().when_ns;
  loop_.Arm(due_, when + kSlotNs - 1 - (when + kSlotNs - 1) % kSlotNs);
}

}  // namespace pathwatch::passthrough
