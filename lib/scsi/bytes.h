// Unsigned big-endian fields, as every SCSI parameter list has them (SPC-4 3.5). Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_BYTES_H_
#define PATHWATCH_LIB_SCSI_BYTES_H_

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace pathwatch::scsi {

// REQUIRES (all three): the field lies within `bytes`.
inline std::uint16_t ReadBe16(std::span<const std::uint8_t> bytes, std::size_t offset) {
  assert(offset + 2 <= bytes.size());
  return static_cast<std::uint16_t>(bytes[offset] << 8 | bytes[offset + 1]);
}

inline std::uint32_t ReadBe32(std::span<const std::uint8_t> bytes, std::size_t offset) {
  return std::uint32_t{ReadBe16(bytes, offset)} << 16 | ReadBe16(bytes, offset + 2);
}

inline std::uint64_t ReadBe64(std::span<const std::uint8_t> bytes, std::size_t offset) {
  return std::uint64_t{ReadBe32(bytes, offset)} << 32 | ReadBe32(bytes, offset + 4);
}

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_BYTES_H_
