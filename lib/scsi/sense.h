// Sense data in fixed (70h, 71h) and descriptor format (72h, 73h), SPC-4 4.5. Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_SENSE_H_
#define PATHWATCH_LIB_SCSI_SENSE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace pathwatch::scsi {

// What a sense buffer should hold: the most that Linux transfers (SCSI_SENSE_BUFFERSIZE).
inline constexpr std::size_t kSenseBufferSize = 96;

struct Sense {
  std::uint8_t key = 0;  // 0x0-0xF
  std::uint8_t asc = 0;  // asc and ascq are 0 unless has_asc
  std::uint8_t ascq = 0;
  // Both codes were within the bytes received and within the length that the sense declares.
  // A code that was cut off is unknown, which is not the same as 00h.
  bool has_asc = false;
  bool deferred = false;  // 71h, 73h: belongs to an earlier command
  std::optional<std::uint64_t> information;

  friend bool operator==(const Sense&, const Sense&) = default;
};

// `bytes` are those that were really written. Returns nothing if the response code is not one
// of 70h-73h (7Fh is vendor specific) or the sense key itself is missing.
std::optional<Sense> ParseSense(std::span<const std::uint8_t> bytes);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_SENSE_H_
