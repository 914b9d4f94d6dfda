#include "lib/scsi/code.h"

#include <algorithm>
#include <optional>

#include "lib/scsi/sense.h"
#include "lib/scsi/status.h"

namespace pathwatch::scsi {

Code CodeOf(const Reply& reply) {
  Code code;
  if (reply.error != 0) {
    // Clamped, so that no error can turn into "no error".
    code.error = static_cast<std::uint16_t>(std::clamp(reply.error, 1, 0xFFFF));
    return code;
  }
  code.host_status = reply.host_status;
  code.status = reply.status;
  if (reply.status != kStatusCheckCondition) return code;
  const std::optional<Sense> sense = ParseSense(reply.sense);
  if (!sense) return code;
  code.has_sense = true;
  code.sense_key = sense->key;
  code.has_asc = sense->has_asc;
  code.asc = sense->asc;
  code.ascq = sense->ascq;
  code.deferred = sense->deferred;
  return code;
}

}  // namespace pathwatch::scsi
