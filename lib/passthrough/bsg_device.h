// A device reached through /dev/bsg/H:C:T:L by io_uring commands: one submission, one completion.
//
// The kernel takes the command without waiting for a tag, or hands it to one of its own workers:
// the loop never sleeps in it.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_BSG_DEVICE_H_
#define PATHWATCH_LIB_PASSTHROUGH_BSG_DEVICE_H_

#include <cstdint>

#include "lib/passthrough/bsg_command.h"
#include "lib/passthrough/passthrough.h"
#include "lib/ring/completion.h"
#include "lib/ring/loop.h"

namespace pathwatch::passthrough {

// What all bsg devices of a process share.
struct BsgTraffic {
  BsgDialect dialect;
  std::uint32_t out = 0;  // commands that the kernel has; each may hold one of its workers
};

class BsgDevice final : public Device {
 public:
  // Takes over `file`, from OpenBsg. `loop` and `traffic` are not owned and outlive the device's
  // commands. REQUIRES: loop.features().big_entries
  BsgDevice(ring::Loop& loop, BsgTraffic& traffic, int file)
      : loop_(loop), traffic_(traffic), file_(file) {}
  ~BsgDevice() override;

  void Submit(Command& command) override;

 private:
  void OnDone(const ring::Result& result);

  ring::Loop& loop_;
  BsgTraffic& traffic_;
  const int file_;
  Command* command_ = nullptr;  // that is out
  ring::Bound<BsgDevice, &BsgDevice::OnDone> done_{*this};
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_BSG_DEVICE_H_
