#include "service/cli/doctor_handlers.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

DeviceHandler Device(std::uint64_t lun, const std::string& handler, bool alua) {
  return {.hctl = {3, 0, 0, lun},
          .vendor = "LSI",
          .product = "INF-01-00",
          .alua = alua,
          .handler = handler};
}

TEST(DoctorHandlersTest, ProprietaryHandlerIsAWarningThatNamesArrayAndChecker) {
  const struct {
    const char* handler;
    const char* checker;
  } cases[] = {{"rdac", "rdac."}, {"emc", "emc_clariion."}, {"hp_sw", "hp_sw."}};
  for (const auto& [handler, checker] : cases) {
    const Findings findings = JudgeHandlers({Device(0, handler, false), Device(1, handler, true)});
    ASSERT_EQ(findings.size(), 1U) << handler;
    EXPECT_EQ(findings[0].level, Level::kWarning);
    EXPECT_NE(findings[0].text.find("2 paths of LSI INF-01-00 (such as 3:0:0:0) are those of the "
                                    "handler " +
                                    std::string(handler)),
              std::string::npos)
        << findings[0].text;
    EXPECT_TRUE(findings[0].remedy.ends_with(std::string("path_checker ") + checker))
        << findings[0].remedy;
  }
}

TEST(DoctorHandlersTest, DetachedAluaDeviceIsAWarning) {
  const Findings findings = JudgeHandlers({Device(5, "detached", true)});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_NE(findings[0].text.find("1 path of LSI INF-01-00 (3:0:0:5)"), std::string::npos);
  EXPECT_NE(findings[0].remedy.find("modprobe scsi_dh_alua"), std::string::npos);
}

TEST(DoctorHandlersTest, WhatPathwatchUnderstandsIsNotMentioned) {
  EXPECT_TRUE(JudgeHandlers({Device(0, "alua", true), Device(1, "detached", false),
                             Device(2, "", true), Device(3, "unheard-of", true)})
                  .empty());
}

TEST(DoctorHandlersTest, ArraysAreToldApart) {
  DeviceHandler other = Device(1, "rdac", false);
  other.product = "VirtualDisk";
  EXPECT_EQ(JudgeHandlers({Device(0, "rdac", false), other, Device(2, "detached", true)}).size(),
            3U);
}

TEST(DoctorHandlersTest, HandlersAreReadFromSysfs) {
  discovery::SysfsTree tree("left_alone");
  tree.Write("class/scsi_device/4:0:0:0/device/dh_state", "emc\n");
  discovery::DiscoveredPath path;
  path.hctl = {4, 0, 0, 0};
  path.vendor = "DGC";
  path.product = "RAID 5";
  path.tpgs = 1;
  const auto devices = ReadHandlers(tree.root(), {path});
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices[0].handler, "emc");
  EXPECT_EQ(devices[0].vendor, "DGC");
  EXPECT_EQ(devices[0].product, "RAID 5");
  EXPECT_TRUE(devices[0].alua);
}

}  // namespace
}  // namespace pathwatch::cli
