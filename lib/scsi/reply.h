// What came back for one SCSI command, whichever passthrough carried it.
#ifndef PATHWATCH_LIB_SCSI_REPLY_H_
#define PATHWATCH_LIB_SCSI_REPLY_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace pathwatch::scsi {

struct Reply {
  // 0, or the errno with which the passthrough refused or lost the command (positive). If it is
  // not 0, nothing else counts.
  int error = 0;
  // SAM-5 status byte, unshifted: 0x00 GOOD, 0x02 CHECK CONDITION, ...
  std::uint8_t status = 0;
  // Linux host status, DID_* (include/scsi/scsi_status.h).
  std::uint16_t host_status = 0;
  // Sense bytes that were really written; empty if none.
  std::span<const std::uint8_t> sense;
  // Data-in bytes that were really transferred (allocation length less residual).
  std::size_t data_length = 0;
};

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_REPLY_H_
