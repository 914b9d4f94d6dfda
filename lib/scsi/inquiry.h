// Standard INQUIRY data (SPC-4 6.6.2), as far as a path checker needs it. Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_INQUIRY_H_
#define PATHWATCH_LIB_SCSI_INQUIRY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::scsi {

inline constexpr std::uint8_t kPeripheralTypeDisk = 0x00;
inline constexpr std::uint8_t kPeripheralTypeZoned = 0x14;  // host managed zoned disk
inline constexpr std::uint8_t kPeripheralTypeNone = 0x1F;   // unknown, or no device

// Standard INQUIRY data has at least this many bytes.
inline constexpr std::size_t kInquirySizeMin = 36;

struct Inquiry {
  std::uint8_t peripheral_qualifier = 0;  // 0 = a logical unit is connected
  std::uint8_t peripheral_type = 0;
  std::uint8_t tpgs = 0;  // bit 0 implicit, bit 1 explicit asymmetric access; 0 = no RTPG
  // Printable ASCII without outer blanks; every other byte was replaced by '?'.
  std::string vendor;
  std::string product;
  std::string revision;

  // A logical unit is there: PQ is 0 and the type is known (else the LUN is not mapped).
  bool connected() const {
    return peripheral_qualifier == 0 && peripheral_type != kPeripheralTypeNone;
  }

  friend bool operator==(const Inquiry&, const Inquiry&) = default;
};

// `received` are the bytes that were really transferred. On failure the status says how many
// bytes are missing. A reply that says "no logical unit here" may lack the rest: its text fields
// are then empty.
absl::StatusOr<Inquiry> ParseInquiry(std::span<const std::uint8_t> received);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_INQUIRY_H_
