// VPD page 83h, device identification (SPC-4 7.8.6): who the logical unit is and through which
// target port this path reaches it. Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_VPD83_H_
#define PATHWATCH_LIB_SCSI_VPD83_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace pathwatch::scsi {

inline constexpr std::uint8_t kVpdDeviceIdentification = 0x83;

// The longest identifier that multipath keeps; longer ones are cut in the same place.
inline constexpr std::size_t kLogicalUnitIdLengthMax = 127;

// ASSOCIATION, with the standard's numbers.
enum class Association : std::uint8_t {
  kLogicalUnit = 0,
  kTargetPort = 1,
  kTargetDevice = 2,
  kReserved = 3,
};

// DESIGNATOR TYPE, with the standard's numbers. Others occur and are kept as their number.
enum class DesignatorType : std::uint8_t {
  kVendor = 0x0,
  kT10Vendor = 0x1,
  kEui64 = 0x2,
  kNaa = 0x3,
  kRelativeTargetPort = 0x4,
  kTargetPortGroup = 0x5,
  kLogicalUnitGroup = 0x6,
  kMd5 = 0x7,
  kName = 0x8,
  kUuid = 0xA,
};

struct Designator {
  Association association = Association::kLogicalUnit;
  DesignatorType type = DesignatorType::kVendor;
  std::vector<std::uint8_t> bytes;  // never empty

  friend bool operator==(const Designator&, const Designator&) = default;
};

struct Vpd83 {
  // In the order of the page.
  std::vector<Designator> designators;
  // Of the port of this path (association 1); the first one counts.
  std::optional<std::uint16_t> target_port_group;
  std::optional<std::uint16_t> relative_target_port;
  // Bytes that the whole page has, header included: more than were received = ask again.
  std::size_t page_length = 0;
  // The walk ended early: the designator at `offset` claims more bytes than are left.
  struct Overrun {
    std::size_t offset = 0;
    std::size_t claimed = 0;
    std::size_t left = 0;
    friend bool operator==(const Overrun&, const Overrun&) = default;
  };
  std::optional<Overrun> overrun;
};

// `received` are the bytes that were really transferred. On failure the status says which page
// came instead or how many bytes of the header are missing. Designators before a broken one are
// kept; empty ones are left out.
absl::StatusOr<Vpd83> ParseVpd83(std::span<const std::uint8_t> received);

// The identifier by which device-mapper multipath and udev know the logical unit ("3600...").
// The best designator of the logical unit wins, the first of two equal ones:
//   NAA 6 (16 bytes), NAA 5, NAA 2 (8 bytes), EUI-64 (8, 12, 16 bytes), SCSI name (eui., naa.,
//   iqn.), T10 vendor (8 bytes or more), NAA 3 (8 bytes).
// On failure the status says why the page names no logical unit.
absl::StatusOr<std::string> LogicalUnitId(const Vpd83& page);

// The same form for one designator, or "" if it is none that could be the identifier. It
// contains printable ASCII only; other bytes become '_'.
std::string LogicalUnitIdOf(const Designator& designator);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_VPD83_H_
