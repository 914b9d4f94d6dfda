// Sense data in fixed format, current (SPC-4 4.5.3), for those who play a device. Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_FIXED_SENSE_H_
#define PATHWATCH_LIB_SCSI_FIXED_SENSE_H_

#include <array>
#include <cstdint>

namespace pathwatch::scsi {

constexpr std::array<std::uint8_t, 18> FixedSense(std::uint8_t key, std::uint8_t asc,
                                                  std::uint8_t ascq) {
  std::array<std::uint8_t, 18> sense{};
  sense[0] = 0x70;
  sense[2] = key;
  sense[7] = 18 - 8;  // ADDITIONAL SENSE LENGTH
  sense[12] = asc;
  sense[13] = ascq;
  return sense;
}

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_FIXED_SENSE_H_
