// The outcome of a command in twelve bytes: what is published, kept in histories and turned into
// words by readers.
#ifndef PATHWATCH_LIB_SCSI_CODE_H_
#define PATHWATCH_LIB_SCSI_CODE_H_

#include <cstdint>

#include "lib/scsi/reply.h"

namespace pathwatch::scsi {

struct Code {
  std::uint16_t error = 0;        // errno, or 0
  std::uint16_t host_status = 0;  // DID_*
  std::uint8_t status = 0;        // SAM-5 status byte
  std::uint8_t sense_key = 0;     // these three only if has_sense / has_asc
  std::uint8_t asc = 0;
  std::uint8_t ascq = 0;
  bool has_sense = false;
  bool has_asc = false;   // asc and ascq were both within the bytes received
  bool deferred = false;  // the sense belongs to an earlier command

  friend bool operator==(const Code&, const Code&) = default;
};

// Never fails: whatever the reply lacks stays 0 or false.
Code CodeOf(const Reply& reply);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_CODE_H_
