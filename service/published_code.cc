#include "service/published_code.h"

#include <cstdint>

namespace pathwatch {

pw_code PublishedCode(const scsi::Code& code) {
  pw_code published{};
  published.error = code.error;
  published.host_status = code.host_status;
  published.status = code.status;
  published.sense_key = code.sense_key;
  published.asc = code.asc;
  published.ascq = code.ascq;
  published.flags = static_cast<std::uint8_t>((code.has_sense ? PW_CODE_HAS_SENSE : 0) |
                                              (code.has_asc ? PW_CODE_HAS_ASC : 0) |
                                              (code.deferred ? PW_CODE_DEFERRED : 0));
  return published;
}

scsi::Code CodeFrom(const pw_code& published) {
  scsi::Code code;
  code.error = published.error;
  code.host_status = published.host_status;
  code.status = published.status;
  code.sense_key = published.sense_key;
  code.asc = published.asc;
  code.ascq = published.ascq;
  code.has_sense = (published.flags & PW_CODE_HAS_SENSE) != 0;
  code.has_asc = (published.flags & PW_CODE_HAS_ASC) != 0;
  code.deferred = (published.flags & PW_CODE_DEFERRED) != 0;
  return code;
}

}  // namespace pathwatch
