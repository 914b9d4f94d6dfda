// The reply to REPORT TARGET PORT GROUPS (SPC-4 6.37), with either header. Pure; any thread.
//
// Nothing in the reply is believed before it is checked: neither its length, nor its port
// counts, nor that it has the header that was asked for.
#ifndef PATHWATCH_LIB_SCSI_RTPG_H_
#define PATHWATCH_LIB_SCSI_RTPG_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pathwatch::scsi {

// ASYMMETRIC ACCESS STATE, with the standard's numbers; 5h-Dh are reserved.
enum class AccessState : std::uint8_t {
  kOptimized = 0x0,
  kNonOptimized = 0x1,
  kStandby = 0x2,
  kUnavailable = 0x3,
  kLbaDependent = 0x4,
  kOffline = 0xE,
  kTransitioning = 0xF,
  kUnknown = 0x10,  // a reserved number; never in a reply
};

struct PortGroup {
  std::uint16_t id = 0;  // 0 is legal
  AccessState state = AccessState::kUnknown;
  std::uint8_t state_code = 0;  // the four bits as sent, which `state` may not have a name for
  bool preferred = false;
  std::uint8_t support = 0;          // T 80h, O 40h, LBD 10h, U 08h, S 04h, AN 02h, AO 01h
  std::uint8_t status_code = 0;      // 0 none, 1 changed by command, 2 changed by the array itself
  std::vector<std::uint16_t> ports;  // relative target port identifiers

  friend bool operator==(const PortGroup&, const PortGroup&) = default;
};

enum class RtpgOutcome : std::uint8_t {
  kParsed,       // `groups` has at least one group
  kEmpty,        // a valid reply without a group: keep what is known
  kReissue,      // cut at the allocation length: send again with `reissue_length`
  kOverCap,      // declares more than kRtpgLengthMax: not believed
  kShort,        // the header itself is incomplete
  kWrongFormat,  // a header format that no standard defines
};

// Peculiarities of a reply that was parsed nevertheless, as a set of bits.
enum RtpgFlag : std::uint8_t {
  kRtpgShortTransfer = 1,  // the device sent less than it declared
  kRtpgPortsShort = 2,     // a port list ran past the end; the ports that fitted are there
  kRtpgTrailing = 4,       // left-over bytes, too few for a group
  kRtpgDuplicate = 8,      // a group id came twice; the first is kept
  kRtpgTooMany = 16,       // more than kPortGroupsMax groups; the first ones are kept
};

inline constexpr std::size_t kRtpgLengthMax = 64 * 1024;
inline constexpr std::size_t kPortGroupsMax = 256;

struct Rtpg {
  RtpgOutcome outcome = RtpgOutcome::kShort;
  std::uint32_t reissue_length = 0;        // only with kReissue
  std::uint8_t flags = 0;                  // RtpgFlag
  std::uint8_t trailing_bytes = 0;         // 1-7 with kRtpgTrailing
  bool extended = false;                   // the reply has the extended header ...
  std::uint8_t implicit_transition_s = 0;  // ... and this time; 0 = not given
  // In the order of the reply, each id once. Empty unless kParsed: only then may a cache change.
  std::vector<PortGroup> groups;

  friend bool operator==(const Rtpg&, const Rtpg&) = default;
};

// `received`: the bytes that were really transferred (allocation length less residual).
// REQUIRES: the buffer was zeroed before, since some drivers report no residual.
Rtpg ParseRtpg(std::span<const std::uint8_t> received, std::size_t allocation_length);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_RTPG_H_
