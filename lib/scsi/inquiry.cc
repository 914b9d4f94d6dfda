#include "lib/scsi/inquiry.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Names go to logs, terminals and JSON: nothing but printable ASCII may leave. NUL counts as
// padding, which the standard forbids and devices send.
std::string Printable(Bytes bytes, std::size_t offset, std::size_t length) {
  if (offset >= bytes.size()) return "";
  std::string text;
  for (const std::uint8_t byte : bytes.subspan(offset, std::min(length, bytes.size() - offset))) {
    const bool printable = byte >= 0x20 && byte <= 0x7E;
    if (byte == 0) {
      text += ' ';
    } else {
      text += printable ? static_cast<char>(byte) : '?';
    }
  }
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

absl::Status TooShort(std::size_t have, const std::string& cause) {
  return absl::DataLossError(absl::StrCat("INQUIRY data is short: it has ", have, " of at least ",
                                          kInquirySizeMin, " bytes (", cause,
                                          "); the identity of the device stays unknown"));
}

}  // namespace

absl::StatusOr<Inquiry> ParseInquiry(std::span<const std::uint8_t> received) {
  if (received.empty()) return TooShort(0, "nothing arrived");
  // ADDITIONAL LENGTH (byte 4) counts what follows it. Drivers that report no residual pass on a
  // whole buffer, so only this field says where the data ends.
  const std::size_t declared = received.size() < 5 ? received.size() : std::size_t{5} + received[4];
  const Bytes bytes = received.first(std::min(received.size(), declared));

  Inquiry inquiry;
  inquiry.peripheral_qualifier = received[0] >> 5;
  inquiry.peripheral_type = received[0] & 0x1F;
  if (inquiry.connected() && bytes.size() < kInquirySizeMin) {
    return TooShort(bytes.size(), received.size() < kInquirySizeMin
                                      ? "no more arrived"
                                      : "its additional length field says so");
  }
  if (bytes.size() > 5) inquiry.tpgs = bytes[5] >> 4 & 0x3;
  inquiry.vendor = Printable(bytes, 8, 8);
  inquiry.product = Printable(bytes, 16, 16);
  inquiry.revision = Printable(bytes, 32, 4);
  return inquiry;
}

}  // namespace pathwatch::scsi
