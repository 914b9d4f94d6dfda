#include "service/cli/doctor_passthrough.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

const KernelWays kSgLoaded = {};
const KernelWays kNoSg = {.sg_loaded = false};

DeviceWay At(std::uint64_t lun) {
  DeviceWay way;
  way.hctl = {3, 0, 0, lun};
  way.sg_node = "/dev/sg" + std::to_string(lun);
  return way;
}

DeviceWay ThroughBsg(std::uint64_t lun) {
  DeviceWay way = At(lun);
  way.passthrough = PW_PASSTHROUGH_BSG_URING;
  way.choice = PW_CHOICE_BEST;
  return way;
}

DeviceWay ThroughSg(std::uint64_t lun, pw_passthrough_choice choice, int error = 0) {
  DeviceWay way = At(lun);
  way.passthrough = PW_PASSTHROUGH_SG_ASYNC;
  way.choice = choice;
  way.choice_error = error;
  return way;
}

DeviceWay Unreachable(std::uint64_t lun, int sg_error) {
  DeviceWay way = At(lun);
  way.choice = PW_CHOICE_BSG_NO_COMMANDS;
  way.choice_error = EOPNOTSUPP;
  way.sg_error = sg_error;
  return way;
}

DeviceWay WithoutSgNode(std::uint64_t lun) {
  DeviceWay way = Unreachable(lun, 0);
  way.sg_node.clear();
  return way;
}

TEST(DoctorPassthroughTest, DevicesOfOneKindAreOneLineWithAnExample) {
  const Findings findings =
      JudgeWays({ThroughSg(0, PW_CHOICE_BSG_NO_COMMANDS, EOPNOTSUPP),
                 ThroughSg(1, PW_CHOICE_BSG_NO_COMMANDS, EOPNOTSUPP), ThroughBsg(2)},
                kSgLoaded);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "1 device (3:0:0:2) through bsg_uring: the best way that there is");
  EXPECT_EQ(findings[1].text,
            "2 devices (such as 3:0:0:0) through sg_async: the kernel's bsg takes no io_uring "
            "commands (Linux 7.1 and newer do)");
}

TEST(DoctorPassthroughTest, BsgNodeThatMayNotBeOpenedIsAWarningThoughSgWorks) {
  const Findings findings = JudgeWays({ThroughSg(0, PW_CHOICE_BSG_UNOPENED, EACCES)}, kSgLoaded);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(
      findings[0].text,
      "1 device (3:0:0:0) through sg_async: the bsg node cannot be opened, Permission denied");
  EXPECT_EQ(findings[0].remedy,
            "Run pathwatchd as root, or give its user the node by a udev rule.");
}

TEST(DoctorPassthroughTest, BsgErrorWithoutARemedyOfItsOwnStillHasOne) {
  const Findings findings = JudgeWays({ThroughSg(0, PW_CHOICE_BSG_UNOPENED, ENXIO)}, kSgLoaded);
  EXPECT_EQ(findings[0].remedy, "Look at the bsg node and at the kernel's log.");
}

TEST(DoctorPassthroughTest, NodeThatIsNoBsgNodeKeepsItsWholeReason) {
  const Findings findings = JudgeWays({ThroughSg(0, PW_CHOICE_NOT_BSG, ENOTTY)}, kSgLoaded);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_NE(findings[0].text.find("Inappropriate ioctl"), std::string::npos) << findings[0].text;
  EXPECT_NE(findings[0].remedy.find("--bsg-dir"), std::string::npos) << findings[0].remedy;
}

TEST(DoctorPassthroughTest, NodesWithoutRightsAreOneProblemWithCountAndExample) {
  const Findings findings = JudgeWays({Unreachable(4, EACCES), Unreachable(5, EACCES)}, kSgLoaded);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kProblem);
  EXPECT_EQ(findings[0].name, "rights");
  EXPECT_EQ(findings[0].text,
            "2 devices (such as 3:0:0:4) can be reached neither way: /dev/sg4 cannot be opened, "
            "Permission denied; besides, the kernel's bsg takes no io_uring commands (Linux 7.1 "
            "and newer do)");
  EXPECT_EQ(findings[0].remedy, "Run as root, or give pathwatchd's user the nodes by a udev rule.");
}

TEST(DoctorPassthroughTest, RemedyIsNotSaidTwiceIfBothNodesLackRights) {
  DeviceWay way = Unreachable(4, EACCES);
  way.choice = PW_CHOICE_BSG_UNOPENED;
  way.choice_error = EACCES;
  const Findings findings = JudgeWays({way}, kSgLoaded);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].name, "rights");
  EXPECT_TRUE(
      findings[0].text.ends_with("; besides, the bsg node cannot be opened, Permission "
                                 "denied"))
      << findings[0].text;
}

TEST(DoctorPassthroughTest, EveryErrnoOfSgIsNamedAndHasARemedy) {
  const struct {
    int error;
    const char* remedy;
  } cases[] = {
      {ENOENT, "See that udev makes /dev/sg0, and where (--dev)."},
      {EMFILE, "Raise the limit of open files ('ulimit -n' in a shell, LimitNOFILE= in a unit)."},
      {ENFILE, "Raise the sysctl fs.file-max."},
      {EBUSY, "Find who holds it alone, with 'fuser -v /dev/sg0'."},
      {ESTALE, "Run this again: devices come and go just now."},
      {ENXIO, "Look at /sys/class/scsi_device/3:0:0:0/device/state and at the kernel's log."},
  };
  for (const auto& [error, remedy] : cases) {
    const Findings findings = JudgeWays({Unreachable(0, error)}, kSgLoaded);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].level, Level::kProblem);
    EXPECT_EQ(findings[0].name, "passthrough");
    EXPECT_EQ(findings[0].remedy, remedy);
  }
}

TEST(DoctorPassthroughTest, MissingSgDriverIsOneProblemForAllItsDevices) {
  const Findings findings = JudgeWays({WithoutSgNode(0), WithoutSgNode(1)}, kNoSg);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kProblem);
  EXPECT_EQ(findings[0].name, "sg");
  EXPECT_NE(findings[0].text.find("2 devices (such as 3:0:0:0)"), std::string::npos);
  EXPECT_TRUE(findings[0].remedy.starts_with("Run 'modprobe sg'")) << findings[0].remedy;
}

TEST(DoctorPassthroughTest, DeviceThatTheLoadedDriverHasLeftOutIsAnotherProblem) {
  const Findings findings = JudgeWays({WithoutSgNode(0)}, kSgLoaded);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].name, "passthrough");
  EXPECT_EQ(findings[0].remedy.find("modprobe"), std::string::npos) << findings[0].remedy;
}

TEST(DoctorPassthroughTest, SgDriverIsNotMissedWhereBsgServesAll) {
  EXPECT_EQ(Worst(JudgeWays({ThroughBsg(0), ThroughBsg(1)}, kNoSg)), Level::kOk);
}

TEST(DoctorPassthroughTest, SgDriverIsMissedBeforeTheFirstDeviceComes) {
  const Findings findings = JudgeWays({}, kNoSg);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_TRUE(JudgeWays({}, kSgLoaded).empty());
}

TEST(DoctorPassthroughTest, WhyTheRingHasNoCommandsIsSaidInItsOwnWords) {
  const Findings findings = JudgeWays({ThroughSg(0, PW_CHOICE_NO_RING)},
                                      {.why_no_commands = "this process has no descriptor left"});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].text,
            "1 device (3:0:0:0) through sg_async: this process has no descriptor left");
}

TEST(DoctorPassthroughTest, WithoutARingNoWayIsPromisedButMissingRightsAreTold) {
  const Findings findings =
      JudgeWays({ThroughSg(0, PW_CHOICE_NO_RING), Unreachable(1, EACCES)}, {.ring_works = false});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].name, "rights");
}

TEST(DoctorPassthroughTest, DriverIsSeenInSysfs) {
  discovery::SysfsTree tree;
  EXPECT_FALSE(SgLoaded(tree.root()));
  tree.MakeDirectory("class/scsi_generic");
  EXPECT_TRUE(SgLoaded(tree.root()));
}

// Nodes that are none: what real ones answer is seen in the guest.
class FindWayTest : public testing::Test {
 protected:
  FindWayTest() {
    path_.hctl = {3, 0, 0, 1};
    path_.sg_name = "sg7";
    path_.bsg_name = "3:0:0:1";
  }

  void SetUp() override {
    auto probe = ring::CommandProbe::Create();
    ASSERT_TRUE(probe.ok()) << probe.status();
    probe_ = *std::move(probe);
  }

  DeviceWay Find() {
    return FindWay(path_, {.dev = tree_.root() + "/dev", .bsg = tree_.root() + "/bsg"},
                   probe_.get());
  }

  discovery::SysfsTree tree_;
  discovery::DiscoveredPath path_;
  std::unique_ptr<ring::CommandProbe> probe_;
};

TEST_F(FindWayTest, MissingNodesAreTheirErrnos) {
  const DeviceWay way = Find();
  EXPECT_EQ(way.passthrough, PW_PASSTHROUGH_NONE);
  EXPECT_EQ(way.choice, PW_CHOICE_BSG_UNOPENED);
  EXPECT_EQ(way.choice_error, ENOENT);
  EXPECT_EQ(way.sg_node, tree_.root() + "/dev/sg7");
  EXPECT_EQ(way.sg_error, ENOENT);
}

TEST_F(FindWayTest, BsgNodeIsLookedForInItsOwnDirectory) {
  tree_.Link("bsg/3:0:0:1", "/dev/full");
  const DeviceWay way = Find();
  EXPECT_NE(way.choice, PW_CHOICE_BSG_UNOPENED);
  EXPECT_EQ(way.sg_error, ENOENT);
}

TEST_F(FindWayTest, SgNodeOfAnotherDeviceIsStale) {
  tree_.Link("dev/sg7", "/dev/null");
  const DeviceWay way = Find();
  EXPECT_EQ(way.passthrough, PW_PASSTHROUGH_NONE);
  EXPECT_EQ(way.sg_error, ESTALE);
}

TEST_F(FindWayTest, DeviceWithoutNodesIsSaidToHaveNone) {
  path_.sg_name.clear();
  path_.bsg_name.clear();
  const DeviceWay way = Find();
  EXPECT_EQ(way.choice, PW_CHOICE_NO_BSG_NODE);
  EXPECT_EQ(way.sg_node, "");
  EXPECT_EQ(way.sg_error, 0);
}

TEST_F(FindWayTest, WithoutCommandsInTheRingBsgIsNotTried) {
  probe_.reset();
  EXPECT_EQ(Find().choice, PW_CHOICE_NO_RING);
}

}  // namespace
}  // namespace pathwatch::cli
