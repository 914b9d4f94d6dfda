#include "service/cli/doctor_devices.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/discovery/scanner.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

discovery::Snapshot Scan(const discovery::SysfsTree& tree) {
  discovery::Scanner scanner(tree.root());
  scanner.Start();
  while (!scanner.Step([] { return false; })) {
  }
  auto snapshot = scanner.TakeResult();
  EXPECT_TRUE(snapshot.ok()) << snapshot.status();
  return *std::move(snapshot);
}

discovery::Snapshot HostsWith(std::uint32_t can_queue, std::uint32_t hosts) {
  discovery::Snapshot snapshot;
  for (std::uint32_t number = 3; number < 3 + hosts; number++) {
    discovery::DiscoveredPath path;
    path.hctl = {number, 0, 0, 0};
    snapshot.paths.push_back(path);
    snapshot.hosts.push_back({number, "narrow", can_queue});
  }
  return snapshot;
}

std::string TextWith(const Findings& findings, const std::string& part) {
  for (const Finding& finding : findings) {
    if (finding.text.find(part) != std::string::npos) return finding.text;
  }
  return "";
}

TEST(DoctorDevicesTest, DevicesThatAreRightlyLeftAloneAreOk) {
  const discovery::SysfsTree tree("left_alone");
  const Findings findings = JudgeDevices(Scan(tree));
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "1 path to SCSI disks on 1 I_T nexus");
  EXPECT_EQ(TextWith(findings, "tape"),
            "1 device is rightly left alone (4:0:1:0); it is a tape drive: only disks are checked, "
            "as a check would take unit attentions away from the users of other devices");
  EXPECT_EQ(TextWith(findings, "ATA"),
            "1 device is rightly left alone (5:0:0:0); it is an ATA device: a check could wake it "
            "from standby");
  EXPECT_NE(TextWith(findings, "peripheral qualifier"), "");
}

TEST(DoctorDevicesTest, DevicesWithOneReasonAreOneLineWhateverTheirPorts) {
  discovery::Snapshot snapshot;
  for (const std::string port : {"ata5", "ata6"}) {
    discovery::NotChecked device;
    device.hctl = {static_cast<std::uint32_t>(port.back() - '0'), 0, 0, 0};
    device.reason = "It is an ATA device (" + port + "): a check could wake it from standby.";
    snapshot.not_checked.push_back(device);
  }
  EXPECT_EQ(TextWith(JudgeDevices(snapshot), "ATA"),
            "2 devices are rightly left alone (such as 5:0:0:0); each is an ATA device: a check "
            "could wake "
            "it from standby");
}

TEST(DoctorDevicesTest, DeviceThatSysfsDoesNotDescribeIsAWarning) {
  discovery::SysfsTree tree("left_alone");
  const std::string device = tree.Resolve("class/scsi_device/4:0:1:0/device");
  tree.Remove(device + "/inquiry");
  tree.Remove(device + "/type");
  const Findings findings = JudgeDevices(Scan(tree));
  EXPECT_EQ(Worst(findings), Level::kWarning);
  const std::string text = TextWith(findings, "sysfs does not say");
  EXPECT_NE(text.find("1 device is"), std::string::npos) << text;
  EXPECT_NE(text.find("4:0:1:0/device/type"), std::string::npos) << text;
}

TEST(DoctorDevicesTest, HostWithoutDisksIsAWarning) {
  const Findings findings = JudgeDevices({});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_NE(findings[0].remedy, "");
}

TEST(DoctorDevicesTest, HostWithoutDisksSaysWhatTheScanHasMissed) {
  discovery::SysfsTree tree;
  tree.MakeDirectory("class");
  const Findings findings = JudgeDevices(Scan(tree));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].text.find("scsi_mod"), std::string::npos) << findings[0].text;
}

TEST(DoctorDevicesTest, RemarksOfTheScanAreOneWarning) {
  discovery::Snapshot snapshot = HostsWith(128, 1);
  snapshot.warnings = {"One thing is not usable.", "Another.", "A third."};
  const Findings findings = JudgeDevices(snapshot);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[1].level, Level::kWarning);
  EXPECT_EQ(findings[1].text, "One thing is not usable (and 2 more remarks)");
}

TEST(DoctorHostsTest, HostThatTakesFewCommandsIsAWarning) {
  for (const std::uint32_t can_queue : {1U, 8U, 15U}) {
    const Findings findings = JudgeHosts(HostsWith(can_queue, 1));
    ASSERT_EQ(findings.size(), 1U) << can_queue;
    EXPECT_EQ(findings[0].level, Level::kWarning);
    EXPECT_NE(findings[0].text.find("1 host (host3; narrow) takes " +
                                    Counted(can_queue, "command") + " at once"),
              std::string::npos)
        << findings[0].text;
  }
}

TEST(DoctorHostsTest, HostThatLeavesRoomForTwoChecksIsNotMentioned) {
  EXPECT_TRUE(JudgeHosts(HostsWith(16, 2)).empty());
}

TEST(DoctorHostsTest, HostThatDoesNotSayIsAWarningOfItsOwn) {
  const Findings findings = JudgeHosts(HostsWith(0, 1));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].text.find("is not said"), std::string::npos) << findings[0].text;
}

TEST(DoctorHostsTest, ManyHostsAreOneLineWithTheFirstNames) {
  const Findings findings = JudgeHosts(HostsWith(1, 6));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_TRUE(findings[0].text.starts_with(
      "6 hosts (host3, host4, host5, host6, ...; narrow) take 1 command at once"))
      << findings[0].text;
}

TEST(DoctorHostsTest, HostWithoutPathsDoesNotMatter) {
  // host6 of the tree takes one command at a time and has a USB device alone.
  const discovery::SysfsTree tree("left_alone");
  EXPECT_TRUE(JudgeHosts(Scan(tree)).empty());
}

}  // namespace
}  // namespace pathwatch::cli
