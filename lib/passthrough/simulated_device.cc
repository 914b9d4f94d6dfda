#include "lib/passthrough/simulated_device.h"

#include <algorithm>

#include "lib/scsi/fixed_sense.h"
#include "lib/scsi/status.h"

namespace pathwatch::passthrough {

class SimulatedFabric::SimulatedDevice final : public Device {
 public:
  SimulatedDevice(SimulatedFabric& fabric, std::uint32_t path)
      : fabric_(fabric), path_(path), session_{fabric.loop_.now_ns()} {}

  void Submit(Command& command) override { fabric_.Send(path_, session_, command); }

 private:
  SimulatedFabric& fabric_;
  const std::uint32_t path_;
  Fabric::Session session_;
};

std::unique_ptr<Device> SimulatedFabric::Open(std::uint32_t path) {
  return std::make_unique<SimulatedDevice>(*this, path);
}

void SimulatedFabric::Send(std::uint32_t path, Fabric::Session& session, Command& command) {
  const Fabric::Answer answer = fabric_.Send(loop_.now_ns(), path, command.cdb, session);
  if (answer.when_ns == health::kNever) return;
  pending_.push({answer.when_ns, ++sent_, &command, path, answer});
  if (pending_.top().command == &command) ArmNext();
}

void SimulatedFabric::OnDue(std::int64_t now_ns) {
  while (!pending_.empty() && pending_.top().when_ns <= now_ns) {
    const Pending done = pending_.top();
    pending_.pop();
    Answer(done);
  }
  ArmNext();
}

void SimulatedFabric::Answer(const Pending& done) {
  Command& command = *done.command;
  scsi::Reply reply;
  reply.status = done.answer.status;
  reply.host_status = done.answer.host_status;
  if (reply.status == scsi::kStatusCheckCondition) {
    const auto sense = scsi::FixedSense(done.answer.sense_key, done.answer.asc, done.answer.ascq);
    std::copy(sense.begin(), sense.end(), command.sense_buffer().begin());
    reply.sense = command.sense_buffer().first(sense.size());
  }
  if (!command.data_in.empty()) {
    const auto data = fabric_.DataOf(done.path, command.cdb, done.answer);
    reply.data_length = std::min(data.size(), command.data_in.size());
    std::copy_n(data.begin(), reply.data_length, command.data_in.begin());
  }
  command.Answer(reply);
}

void SimulatedFabric::ArmNext() {
  if (pending_.empty()) return;
  // Answers of one slot come in one turn of the loop: real hosts gather interrupts too.
  const health::TimeNs when = pending_.top().when_ns;
  loop_.Arm(due_, when + kSlotNs - 1 - (when + kSlotNs - 1) % kSlotNs);
}

}  // namespace pathwatch::passthrough
