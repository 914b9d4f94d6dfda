#include "lib/scsi/rtpg.h"

#include <algorithm>
#include <bitset>
#include <utility>

#include "lib/scsi/bytes.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kLengthFieldSize = 4;
constexpr std::size_t kExtendedHeaderSize = 8;
constexpr std::size_t kDescriptorSize = 8;  // of a group, without its ports
constexpr std::size_t kPortSize = 4;        // two obsolete bytes, then the identifier

AccessState StateOf(std::uint8_t code) {
  switch (static_cast<AccessState>(code)) {
    case AccessState::kOptimized:
    case AccessState::kNonOptimized:
    case AccessState::kStandby:
    case AccessState::kUnavailable:
    case AccessState::kLbaDependent:
    case AccessState::kOffline:
    case AccessState::kTransitioning:
      return static_cast<AccessState>(code);
    case AccessState::kUnknown:
      break;
  }
  return AccessState::kUnknown;
}

// REQUIRES: the fixed part of the descriptor lies within `bytes`. Ports that do not fit are left
// out; the caller flags them.
PortGroup ReadGroup(Bytes bytes, std::size_t offset) {
  PortGroup group;
  group.preferred = (bytes[offset] & 0x80) != 0;
  group.state_code = bytes[offset] & 0x0F;
  group.state = StateOf(group.state_code);
  group.support = bytes[offset + 1];
  group.id = ReadBe16(bytes, offset + 2);
  group.status_code = bytes[offset + 5];
  const std::size_t first_port = offset + kDescriptorSize;
  const std::size_t fitting = (bytes.size() - first_port) / kPortSize;
  const std::size_t count = std::min<std::size_t>(bytes[offset + 7], fitting);
  group.ports.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    group.ports.push_back(ReadBe16(bytes, first_port + kPortSize * i + 2));
  }
  return group;
}

// Groups from `offset` to the end of `bytes`.
void ReadGroups(Bytes bytes, std::size_t offset, Rtpg& rtpg) {
  std::bitset<0x10000> seen;
  while (offset + kDescriptorSize <= bytes.size()) {
    const std::uint16_t id = ReadBe16(bytes, offset + 2);
    if (seen[id]) {
      rtpg.flags |= kRtpgDuplicate;
    } else if (rtpg.groups.size() == kPortGroupsMax) {
      rtpg.flags |= kRtpgTooMany;
    } else {
      rtpg.groups.push_back(ReadGroup(bytes, offset));
    }
    seen.set(id);
    offset += kDescriptorSize + kPortSize * bytes[offset + 7];
  }
  if (offset > bytes.size()) {
    rtpg.flags |= kRtpgPortsShort;
  } else if (offset < bytes.size()) {
    rtpg.flags |= kRtpgTrailing;
    rtpg.trailing_bytes = static_cast<std::uint8_t>(bytes.size() - offset);
  }
}

Rtpg Failed(RtpgOutcome outcome) {
  Rtpg rtpg;
  rtpg.outcome = outcome;
  return rtpg;
}

}  // namespace

Rtpg ParseRtpg(std::span<const std::uint8_t> received, std::size_t allocation_length) {
  if (received.size() < kLengthFieldSize) return Failed(RtpgOutcome::kShort);
  // In 64 bits: a declared length of FFFFFFFFh must not wrap to a small one.
  const std::uint64_t total = std::uint64_t{ReadBe32(received, 0)} + kLengthFieldSize;
  if (total > kRtpgLengthMax) return Failed(RtpgOutcome::kOverCap);
  Rtpg rtpg;
  if (total > received.size()) {
    if (received.size() >= allocation_length) {
      // Even whole groups cannot be used: some targets leave out one in the middle.
      rtpg.outcome = RtpgOutcome::kReissue;
      rtpg.reissue_length = static_cast<std::uint32_t>(total);
      return rtpg;
    }
    rtpg.flags |= kRtpgShortTransfer;
  }
  const Bytes bytes = received.first(std::min<std::size_t>(total, received.size()));

  std::size_t first_group = kLengthFieldSize;
  if (bytes.size() > kLengthFieldSize) {
    // Bits 6-4 are FORMAT TYPE in an extended header and reserved, thus 0, in a first group.
    const unsigned format = bytes[kLengthFieldSize] >> 4 & 0x7U;
    if (format > 1) return Failed(RtpgOutcome::kWrongFormat);
    if (format == 1) {
      if (bytes.size() < kExtendedHeaderSize) return Failed(RtpgOutcome::kShort);
      rtpg.extended = true;
      rtpg.implicit_transition_s = bytes[5];
      first_group = kExtendedHeaderSize;
    }
  }
  ReadGroups(bytes, first_group, rtpg);
  rtpg.outcome = rtpg.groups.empty() ? RtpgOutcome::kEmpty : RtpgOutcome::kParsed;
  return rtpg;
}

}  // namespace pathwatch::scsi
