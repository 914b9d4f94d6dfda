#include "lib/discovery/exclusion.h"

#include "gtest/gtest.h"

namespace pathwatch::discovery {
namespace {

constexpr Hctl kHctl{3, 0, 0, 1};

TEST(ExclusionTest, DisksAndZonedDisksAreChecked) {
  EXPECT_EQ(ExclusionByType(0, 0x00), std::nullopt);
  EXPECT_EQ(ExclusionByType(0, 0x14), std::nullopt);
}

TEST(ExclusionTest, EveryOtherTypeIsLeftAlone) {
  for (unsigned pdt = 0; pdt < 0x20; ++pdt) {
    const bool disk = pdt == 0x00 || pdt == 0x14;
    EXPECT_EQ(ExclusionByType(0, static_cast<std::uint8_t>(pdt)).has_value(), !disk) << pdt;
  }
}

TEST(ExclusionTest, DiskWithoutLogicalUnitIsLeftOut) {
  EXPECT_EQ(ExclusionByType(1, 0x00),
            "Its peripheral qualifier is 1: the target has no logical unit behind this LUN.");
  EXPECT_EQ(ExclusionByType(3, 0x14),
            "Its peripheral qualifier is 3: the target has no logical unit behind this LUN.");
}

TEST(ExclusionTest, AncestorsAreComparedByWholeComponents) {
  for (const char* place :
       {"", "../../devices/pci0000:00/host3/target3:0:0/3:0:0:1/scsi_device/3:0:0:1",
        "../../devices/data1/host3", "../../devices/ata/host3", "../../devices/ata1x/host3",
        "../../devices/usbip.0/host3", "../../devices/my-usb1/host3"}) {
    EXPECT_EQ(ExclusionByPlace(kHctl, place), std::nullopt) << place;
  }
  EXPECT_EQ(ExclusionByPlace(kHctl, "../../devices/pci0000:00/ata12/host3/target3:0:0/3:0:0:1"),
            "It is an ATA device (ata12): a check could wake it from standby.");
  EXPECT_EQ(ExclusionByPlace(kHctl, "../../devices/usb3"),
            "It is a USB device (usb3): a check could wake it from standby.");
}

TEST(ExclusionTest, WellKnownLogicalUnitsAreKnownByTheirLun) {
  EXPECT_EQ(ExclusionByPlace({3, 0, 0, 0xc101}, ""),
            "Its LUN C101h is that of a well-known logical unit, not of a disk.");
  for (const std::uint64_t lun : {0xc1ffu, 0xc100u}) {
    EXPECT_TRUE(ExclusionByPlace({3, 0, 0, lun}, "").has_value()) << lun;
  }
  for (const std::uint64_t lun : {0xc0ffu, 0xc200u, 0x41c1u, 0x1d200u, 0xc1u}) {
    EXPECT_EQ(ExclusionByPlace({3, 0, 0, lun}, ""), std::nullopt) << lun;
  }
}

}  // namespace
}  // namespace pathwatch::discovery
