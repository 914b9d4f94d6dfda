// The address of a SCSI device as Linux writes it: host, channel, target and LUN, "3:0:0:1".
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_LIB_DISCOVERY_HCTL_H_
#define PATHWATCH_LIB_DISCOVERY_HCTL_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pathwatch::discovery {

struct Hctl {
  std::uint32_t host = 0;
  std::uint32_t channel = 0;
  std::uint32_t target = 0;
  // The kernel's integer: the four 16-bit words of the SAM-5 LUN, first word lowest
  // (scsilun_to_int, drivers/scsi/scsi_common.c).
  std::uint64_t lun = 0;

  friend auto operator<=>(const Hctl&, const Hctl&) = default;
};

// On success the address; on failure nothing. Only the form that FormatHctl writes is accepted
// (no signs, blanks or leading zeros), so one address has one name.
std::optional<Hctl> ParseHctl(std::string_view text);

// "3:0:0:1"
std::string FormatHctl(const Hctl& hctl);

// "3:0:0": all logical units behind one pair of initiator and target port share it.
std::string FormatNexus(const Hctl& hctl);

}  // namespace pathwatch::discovery

template <>
struct std::hash<pathwatch::discovery::Hctl> {
  std::size_t operator()(const pathwatch::discovery::Hctl& hctl) const noexcept;
};

#endif  // PATHWATCH_LIB_DISCOVERY_HCTL_H_
