// Whether a device can be reached through io_uring commands on its bsg node.
//
// Thread rule: that of ring::CommandProbe.
#ifndef PATHWATCH_LIB_PASSTHROUGH_BSG_NODE_H_
#define PATHWATCH_LIB_PASSTHROUGH_BSG_NODE_H_

#include <cstdint>
#include <string>

#include "lib/ring/command_probe.h"

namespace pathwatch::passthrough {

// Why a node isn't used.
enum class BsgRefusal : std::uint8_t {
  kNone,        // it is
  kNoRing,      // the ring has no commands: CommandProbe::Create() says why
  kUnopened,    // `error` is the errno of open()
  kNoCommands,  // the kernel's bsg has no handler for io_uring commands (Linux 7.1 and newer have)
  kNotBsg,      // it answers the probe as no bsg node of a SCSI device does: `error`
};

struct BsgOpened {
  int file = -1;  // the caller owns it
  BsgRefusal refusal = BsgRefusal::kNone;
  int error = 0;
};

// Opens `node` for reading, which is enough for everything that checks send, and asks the
// kernel without touching the device. Never waits for the device.
// `probe` is nullptr if the ring has no commands.
BsgOpened OpenBsg(const std::string& node, ring::CommandProbe* probe);

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_BSG_NODE_H_
