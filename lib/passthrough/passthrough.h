// How a command reaches a device: one interface, whichever way the kernel offers.
//
// A Command belongs to whoever wants it answered; a Device carries one at a time and answers
// each with exactly one call of OnReply, never from inside Submit. A command that is out cannot
// be taken back: Command and Device stay alive until the reply, whatever becomes of the path.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_PASSTHROUGH_H_
#define PATHWATCH_LIB_PASSTHROUGH_PASSTHROUGH_H_

#include <array>
#include <cstdint>
#include <span>

#include "lib/scsi/cdb.h"
#include "lib/scsi/reply.h"

namespace pathwatch::passthrough {

// The kernel's sense buffer (SCSI_SENSE_BUFFERSIZE, include/scsi/scsi_cmnd.h). Never less: some
// kernels write that much whatever length they are given.
inline constexpr std::size_t kSenseBytes = 96;

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  // Set before Submit and left alone until OnReply.
  scsi::Cdb cdb;
  std::span<std::uint8_t> data_in;  // not owned; empty: no data phase
  std::uint32_t timeout_ms = 0;     // for the kernel

  // For devices: where the sense goes.
  std::span<std::uint8_t, kSenseBytes> sense_buffer() { return sense_; }
  // For devices: answers the command. `reply.sense` points into sense_buffer().
  void Answer(const scsi::Reply& reply) { OnReply(reply); }

 private:
  // The reply is valid during the call. The command may be submitted again from inside.
  virtual void OnReply(const scsi::Reply& reply) = 0;

  std::array<std::uint8_t, kSenseBytes> sense_{};
};

class Device {
 public:
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  // REQUIRES: no command is out, or the loop is gone.
  virtual ~Device() = default;

  // REQUIRES: no command is out on this device.
  // A failure to send is a reply with an errno: ENODEV (the device is gone), EAGAIN (the host has
  // no room now; never the path's fault), EPROTO (the kernel's answer cannot be trusted), ...
  virtual void Submit(Command& command) = 0;
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_PASSTHROUGH_H_
