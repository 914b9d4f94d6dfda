// The command that bsg takes from an io_uring (struct bsg_uring_cmd of include/uapi/linux/bsg.h,
// Linux 7.1) and its completion, as bytes <-> meaning.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_BSG_COMMAND_H_
#define PATHWATCH_LIB_PASSTHROUGH_BSG_COMMAND_H_

#include <array>
#include <cstddef>

#include "lib/passthrough/passthrough.h"
#include "lib/ring/completion.h"

namespace pathwatch::passthrough {

inline constexpr std::size_t kBsgCommandBytes = 80;

// The payload of the submission entry. It points into the command: CDB, sense and data buffers
// stay where they are until the completion, since a late CDB is read late.
std::array<std::byte, kBsgCommandBytes> BsgRequest(Command& command);

// How this kernel writes the SCSI status. Kernels older than 6.12 kept it shifted right by one,
// and a vendor may have brought the interface to one of them.
struct BsgDialect {
  bool status_shifted = false;
};

// Turns the completion into the reply to `command`; notes in `dialect` what it gives away about the
// kernel, from which on all statuses are read accordingly.
// A completion that contradicts itself is error EPROTO: nothing in it can be trusted.
scsi::Reply BsgReply(const ring::Result& result, Command& command, BsgDialect& dialect);

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_BSG_COMMAND_H_
