// A device reached through /dev/bsg/H:C:T:L by io_uring commands: one submission, one completion.
//
// The kernel takes the command without waiting for a tag, or hands it to one of its own workers:
// the loop never sleeps in it. HostGate keeps those workers few.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_BSG_DEVICE_H_
#define PATHWATCH_LIB_PASSTHROUGH_BSG_DEVICE_H_

#include <cstdint>

#include "lib/passthrough/bsg_command.h"
#include "lib/passthrough/host_gate.h"
#include "lib/passthrough/passthrough.h"
#include "lib/ring/completion.h"
#include "lib/ring/loop.h"

namespace pathwatch::passthrough {

class BsgDevice final : public Device {
 public:
  // Takes over `file`, from OpenBsg. The others are not owned and outlive the device's commands;
  // `dialect` is that of the kernel, for all devices. REQUIRES: loop.features().big_entries
  BsgDevice(ring::Loop& loop, HostGate& gate, BsgDialect& dialect, int file)
      : loop_(loop), gate_(gate), dialect_(dialect), file_(file) {}
  ~BsgDevice() override;

  void Submit(Command& command) override;

 private:
  void OnRefused(std::int64_t now_ns);
  void OnDone(const ring::Result& result);

  ring::Loop& loop_;
  HostGate& gate_;
  BsgDialect& dialect_;
  const int file_;
  Command* command_ = nullptr;  // that is out
  ring::BoundTimer<BsgDevice, &BsgDevice::OnRefused> refused_{*this};
  ring::Bound<BsgDevice, &BsgDevice::OnDone> done_{*this};
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_BSG_DEVICE_H_
