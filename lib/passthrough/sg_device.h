// A device reached through /dev/sgN, driven by the ring: WRITE, then READ.
//
// No thread of ours and no blocking call: the descriptor is non-blocking, and HostGate keeps the
// WRITE from sleeping in the loop. The kernel copies the reply inside our own system call: anywhere
// else x86 kernels may take us for a 32-bit program. A ring whose completions run only when it is
// entered (6.1) sees to that; with an older one a POLL tells when the READ finds the reply.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_SG_DEVICE_H_
#define PATHWATCH_LIB_PASSTHROUGH_SG_DEVICE_H_

#include <scsi/sg.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/passthrough/host_gate.h"
#include "lib/passthrough/passthrough.h"
#include "lib/ring/completion.h"
#include "lib/ring/loop.h"

namespace pathwatch::passthrough {

// The address that a node must belong to; sg numbers are given to other devices.
struct SgAddress {
  std::uint32_t host = 0;
  std::uint32_t channel = 0;
  std::uint32_t target = 0;
  std::uint64_t lun = 0;
};

// Opens `node` without waiting for the device. On failure the errno of open(), or ESTALE if the
// node belongs to another address by now. On success the caller owns the descriptor.
struct SgOpened {
  int file = -1;
  int error = 0;
};
SgOpened OpenSg(const std::string& node, const SgAddress& address);

class SgDevice final : public Device {
 public:
  // Takes over `file`, a non-blocking descriptor of an sg node. `loop` and `gate` are not owned
  // and outlive the device's commands.
  SgDevice(ring::Loop& loop, HostGate& gate, int file);
  ~SgDevice() override;

  void Submit(Command& command) override;

 private:
  void OnRefused(std::int64_t now_ns);
  void OnWritten(const ring::Result& result);
  void OnReady(const ring::Result& result);
  void OnRead(const ring::Result& result);
  void Wait();
  void Read();
  void Finish(int error);

  ring::Loop& loop_;
  HostGate& gate_;
  const int file_;
  Command* command_ = nullptr;  // that is out
  std::uint64_t cookie_ = 0;
  bool by_worker_ = false;
  sg_io_hdr header_{};
  ring::BoundTimer<SgDevice, &SgDevice::OnRefused> refused_{*this};
  ring::Bound<SgDevice, &SgDevice::OnWritten> written_{*this};
  ring::Bound<SgDevice, &SgDevice::OnReady> ready_{*this};
  ring::Bound<SgDevice, &SgDevice::OnRead> read_{*this};
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_SG_DEVICE_H_
