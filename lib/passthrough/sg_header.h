// The sg version 3 header (struct sg_io_hdr of include/scsi/sg.h) as bytes <-> meaning.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_SG_HEADER_H_
#define PATHWATCH_LIB_PASSTHROUGH_SG_HEADER_H_

#include <scsi/sg.h>

#include <cstddef>
#include <cstdint>

#include "lib/passthrough/passthrough.h"

namespace pathwatch::passthrough {

// What is written to /dev/sgN. The header points into the command, which stays where it is.
// `cookie` comes back in the reply and tells one command from another.
sg_io_hdr SgRequest(Command& command, std::uint64_t cookie);

// Turns what was read from /dev/sgN into the reply to `command`.
// A header that isn't the answer to (command, cookie) in the 64-bit layout is error EPROTO: a
// kernel that takes us for a 32-bit program leaves zeros where the status is expected, which
// would read as GOOD.
scsi::Reply SgReply(const sg_io_hdr& header, Command& command, std::uint64_t cookie);

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_SG_HEADER_H_
