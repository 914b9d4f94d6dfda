#include "lib/scsi/sense.h"

#include <algorithm>

#include "lib/scsi/bytes.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t kValid = 0x80;   // the INFORMATION field is defined
constexpr std::size_t kLengthByte = 7;  // ADDITIONAL SENSE LENGTH, in both formats
constexpr std::size_t kHeaderSize = 8;  // the bytes that it does not count

// What the sense declares to be defined of what arrived. If the length byte is missing, all of it.
Bytes Declared(Bytes bytes) {
  if (bytes.size() <= kLengthByte) return bytes;
  return bytes.first(std::min(bytes.size(), kHeaderSize + bytes[kLengthByte]));
}

void SetCodes(Bytes bytes, std::size_t asc_offset, Sense& sense) {
  if (bytes.size() <= asc_offset + 1) return;
  sense.asc = bytes[asc_offset];
  sense.ascq = bytes[asc_offset + 1];
  sense.has_asc = true;
}

std::optional<Sense> ParseFixed(Bytes received) {
  const Bytes bytes = Declared(received);
  if (bytes.size() <= 2) return std::nullopt;
  Sense sense;
  sense.key = bytes[2] & 0x0F;
  SetCodes(bytes, 12, sense);
  if ((bytes[0] & kValid) != 0 && bytes.size() >= 7) sense.information = ReadBe32(bytes, 3);
  return sense;
}

// The information sense data descriptor: type 00h, length 0Ah, VALID in byte 2, value in 4-11.
std::optional<std::uint64_t> FindInformation(Bytes bytes) {
  for (std::size_t at = kHeaderSize; at + 2 <= bytes.size();) {
    const std::size_t size = std::size_t{2} + bytes[at + 1];
    if (size > bytes.size() - at) break;
    if (bytes[at] == 0x00 && size >= 12 && (bytes[at + 2] & kValid) != 0) {
      return ReadBe64(bytes, at + 4);
    }
    at += size;
  }
  return std::nullopt;
}

std::optional<Sense> ParseDescriptor(Bytes bytes) {
  if (bytes.size() <= 1) return std::nullopt;
  Sense sense;
  sense.key = bytes[1] & 0x0F;
  SetCodes(bytes, 2, sense);
  sense.information = FindInformation(Declared(bytes));
  return sense;
}

}  // namespace

std::optional<Sense> ParseSense(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::uint8_t response_code = bytes[0] & 0x7F;
  std::optional<Sense> sense;
  if (response_code == 0x70 || response_code == 0x71) sense = ParseFixed(bytes);
  if (response_code == 0x72 || response_code == 0x73) sense = ParseDescriptor(bytes);
  if (sense) sense->deferred = (response_code & 1) != 0;
  return sense;
}

}  // namespace pathwatch::scsi
