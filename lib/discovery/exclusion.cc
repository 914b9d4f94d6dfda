#include "lib/discovery/exclusion.h"

#include <cstddef>
#include <cstdio>

#include "lib/discovery/number.h"
#include "lib/scsi/inquiry.h"

namespace pathwatch::discovery {
namespace {

// Peripheral device types that get words of their own (SPC-4 6.6.2).
constexpr std::uint8_t kTape = 0x01;
constexpr std::uint8_t kProcessor = 0x03;
constexpr std::uint8_t kOpticalDrive = 0x05;
constexpr std::uint8_t kOpticalMemory = 0x07;
constexpr std::uint8_t kChanger = 0x08;
constexpr std::uint8_t kArrayController = 0x0c;
constexpr std::uint8_t kEnclosure = 0x0d;
constexpr std::uint8_t kWellKnown = 0x1e;

// First word of the LUN of a well-known logical unit: address method 11b, length 00b, extended
// address method 1h (SAM-5; SCSI_W_LUN_BASE in include/scsi/scsi.h); the second byte is its
// number. Other extended addresses
// (0xd2..) belong to ordinary logical units.
constexpr std::uint64_t kWellKnownMask = 0xff00;
constexpr std::uint64_t kWellKnownLun = 0xc100;

std::string Hex(std::uint64_t value) {
  char text[20];
  std::snprintf(text, sizeof text, "%02llXh", static_cast<unsigned long long>(value));
  return text;
}

const char* TypeInWords(std::uint8_t pdt) {
  switch (pdt) {
    case kTape:
      return "a tape drive";
    case kProcessor:
      return "a processor device";
    case kOpticalDrive:
      return "an optical drive";
    case kOpticalMemory:
      return "an optical memory device";
    case kChanger:
      return "a media changer";
    case kArrayController:
      return "a storage array controller";
    case kEnclosure:
      return "an enclosure";
    case kWellKnown:
      return "a well-known logical unit";
    case scsi::kPeripheralTypeNone:
      return "of no known type";
    default:
      return "not a disk";
  }
}

// The first component of `path` that is `prefix` and a number ("ata5", "usb2"); empty if none.
std::string_view NumberedComponent(std::string_view path, std::string_view prefix) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view component = path.substr(0, slash);
    if (component.starts_with(prefix) &&
        ParseNumber<std::uint32_t>(component.substr(prefix.size()))) {
      return component;
    }
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return {};
}

}  // namespace

std::optional<std::string> ExclusionByPlace(const Hctl& hctl, std::string_view sysfs_path) {
  if ((hctl.lun & kWellKnownMask) == kWellKnownLun) {
    return "Its LUN " + Hex(hctl.lun) + " is that of a well-known logical unit, not of a disk.";
  }
  if (const auto port = NumberedComponent(sysfs_path, "ata"); !port.empty()) {
    return "It is an ATA device (" + std::string(port) + "): a check could wake it from standby.";
  }
  if (const auto bus = NumberedComponent(sysfs_path, "usb"); !bus.empty()) {
    return "It is a USB device (" + std::string(bus) + "): a check could wake it from standby.";
  }
  return std::nullopt;
}

std::optional<std::string> ExclusionByType(std::uint8_t pq, std::uint8_t pdt) {
  if (pdt != scsi::kPeripheralTypeDisk && pdt != scsi::kPeripheralTypeZoned) {
    return std::string("It is ") + TypeInWords(pdt) + " (peripheral device type " + Hex(pdt) +
           "): only disks are checked, as a check would take unit attentions away from the users "
           "of other devices.";
  }
  if (pq != 0) {
    return "Its peripheral qualifier is " + std::to_string(pq) +
           ": the target has no logical unit behind this LUN.";
  }
  return std::nullopt;
}

}  // namespace pathwatch::discovery
