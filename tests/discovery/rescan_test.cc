#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "lib/discovery/scanner.h"
#include "tests/discovery/describe.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

bool StopAtOnce() { return true; }
bool NeverStop() { return false; }

// The scsi_debug tree: 2:0:0:0, 2:0:0:1, 2:0:1:0, 2:0:1:1.
class RescanTest : public testing::Test {
 protected:
  static constexpr Hctl kFirst{2, 0, 0, 0};

  RescanTest() : tree_("scsi_debug"), device_(tree_.Resolve("class/scsi_device/2:0:0:0/device")) {}

  Snapshot ScanAll(const Snapshot* previous = nullptr, std::set<Hctl> refresh = {}) {
    auto snapshot = Scan(tree_.root(), previous, std::move(refresh));
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    return *std::move(snapshot);
  }

  SysfsTree tree_;
  std::string device_;  // of 2:0:0:0
};

TEST_F(RescanTest, SlicesFindTheSameAsOneGo) {
  Scanner scanner(tree_.root());
  scanner.Start();
  int steps = 1;
  while (!scanner.Step(StopAtOnce)) ++steps;
  const auto sliced = scanner.TakeResult();
  ASSERT_TRUE(sliced.ok());
  EXPECT_EQ(*sliced, ScanAll());
  // List twice (names, end), 4 devices, 2 nexuses and the end; no block devices; list twice, 1
  // host and its end.
  EXPECT_EQ(steps, 2 + 7 + 1 + 2 + 2);
}

TEST_F(RescanTest, StepAsksAfterEachPieceOfWork) {
  Scanner scanner(tree_.root());
  scanner.Start();
  int asked = 0;
  EXPECT_FALSE(scanner.Step([&] { return ++asked == 3; }));
  EXPECT_EQ(asked, 3);
  EXPECT_TRUE(scanner.Step(NeverStop));
  EXPECT_TRUE(scanner.TakeResult().ok());
}

TEST_F(RescanTest, StartDropsTheScanThatWasGoingOn) {
  Scanner scanner(tree_.root());
  scanner.Start();
  for (int i = 0; i < 4; ++i) scanner.Step(StopAtOnce);
  scanner.Start();
  EXPECT_TRUE(scanner.Step(NeverStop));
  const auto snapshot = scanner.TakeResult();
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ(*snapshot, ScanAll());
}

TEST_F(RescanTest, ScannerScansAgainAfterAFailure) {
  std::filesystem::rename(tree_.root() + "/class", tree_.root() + "/class.away");
  Scanner scanner(tree_.root());
  scanner.Start();
  EXPECT_TRUE(scanner.Step(StopAtOnce));
  EXPECT_FALSE(scanner.TakeResult().ok());
  std::filesystem::rename(tree_.root() + "/class.away", tree_.root() + "/class");
  scanner.Start();
  EXPECT_TRUE(scanner.Step(NeverStop));
  EXPECT_TRUE(scanner.TakeResult().ok());
}

TEST_F(RescanTest, DeviceAndHostThatVanishAfterTheListingAreAbsent) {
  Scanner scanner(tree_.root());
  scanner.Start();
  EXPECT_FALSE(scanner.Step(StopAtOnce));
  tree_.Remove(device_);  // leaves a dangling link in the class
  tree_.Remove("class/scsi_device/2:0:0:1");
  for (int i = 0; i < 7; ++i) scanner.Step(StopAtOnce);  // up to the names of the hosts
  tree_.Remove("class/scsi_host/host2");
  EXPECT_TRUE(scanner.Step(NeverStop));
  const auto snapshot = scanner.TakeResult();
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ(
      Describe(*snapshot, tree_.root()),
      "2:0:1:0 nexus=2:0:1 pdt=00 pq=0 tpgs=0 Linux|scsi_debug|0191 "
      "lu=1Linux_scsi_debug_7000 tpg=768 rtpi=1 sd=sdc(8:32) sg=sg2(21:2) bsg=2:0:1:0 30s running\n"
      "2:0:1:1 nexus=2:0:1 pdt=00 pq=0 tpgs=0 Linux|scsi_debug|0191 "
      "lu=1Linux_scsi_debug_7001 tpg=768 rtpi=1 sd=sdd(8:48) sg=sg3(21:3) bsg=2:0:1:1 30s "
      "running\n");
}

// A FIFO in the place of an attribute stops the scan in the middle of a device: the other end
// opens only when the scan has come there.
class MidDeviceTest : public RescanTest {
 protected:
  MidDeviceTest() {
    const std::string fifo = tree_.root() + "/" + device_ + "/timeout";
    tree_.Remove(device_ + "/timeout");
    EXPECT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  }

  Snapshot ScanAndMeanwhile(const std::function<void()>& change) {
    std::thread other([&] {
      std::ofstream fifo(tree_.root() + "/" + device_ + "/timeout");
      change();
      fifo << "30\n";
    });
    Snapshot snapshot = ScanAll();
    other.join();
    return snapshot;
  }
};

TEST_F(MidDeviceTest, DeviceDeletedWhileItIsReadIsAbsent) {
  const Snapshot snapshot = ScanAndMeanwhile([&] { tree_.Remove(device_); });
  ASSERT_EQ(snapshot.paths.size(), 3u);
  EXPECT_EQ(FormatHctl(snapshot.paths.front().hctl), "2:0:0:1");
  EXPECT_TRUE(snapshot.warnings.empty());
  EXPECT_TRUE(snapshot.not_checked.empty());
}

TEST_F(MidDeviceTest, DeviceReplacedWhileItIsReadIsReadAgain) {
  const Snapshot snapshot = ScanAndMeanwhile([&] {
    tree_.Remove(device_ + "/timeout");  // the scan has it open
    tree_.Recreate(device_);
    tree_.Write(device_ + "/timeout", "77\n");
  });
  ASSERT_EQ(snapshot.paths.size(), 4u);
  EXPECT_EQ(snapshot.paths.front().timeout_s, 77u);
  EXPECT_TRUE(snapshot.paths.front().warnings.empty());
}

TEST_F(RescanTest, UnchangedTreeGivesAnEqualSnapshot) {
  const Snapshot first = ScanAll();
  EXPECT_EQ(ScanAll(&first), first);
}

TEST_F(RescanTest, KnownDeviceIsOnlyAskedForItsState) {
  const Snapshot first = ScanAll();
  tree_.Write(device_ + "/timeout", "60\n");
  tree_.Write(device_ + "/state", "blocked\n");
  const Snapshot second = ScanAll(&first);
  EXPECT_EQ(second.paths[0].state, "blocked");
  EXPECT_EQ(second.paths[0].timeout_s, 30u);
}

TEST_F(RescanTest, NamedDeviceIsReadInFull) {
  const Snapshot first = ScanAll();
  tree_.Write(device_ + "/timeout", "60\n");
  const Snapshot second = ScanAll(&first, {kFirst});
  EXPECT_EQ(second.paths[0].timeout_s, 60u);
}

TEST_F(RescanTest, AnotherGenerationIsReadInFull) {
  const Snapshot first = ScanAll();
  tree_.Write(device_ + "/timeout", "60\n");
  tree_.Recreate(device_);
  const Snapshot second = ScanAll(&first);
  EXPECT_NE(second.paths[0].generation, first.paths[0].generation);
  EXPECT_EQ(second.paths[0].timeout_s, 60u);
}

TEST_F(RescanTest, DriverUnboundAndBoundAgainIsNoticed) {
  const Snapshot first = ScanAll();
  tree_.Remove(device_ + "/block");
  const Snapshot unbound = ScanAll(&first);
  EXPECT_EQ(unbound.paths[0].sd_name, "");
  EXPECT_EQ(unbound.paths[0].sd_dev, 0u);
  tree_.Write(device_ + "/block/sdx/dev", "65:112\n");
  const Snapshot bound = ScanAll(&unbound);
  EXPECT_EQ(bound.paths[0].sd_name, "sdx");
}

TEST_F(RescanTest, OtherNodesThatComeAndGoAreNoticed) {
  const Snapshot first = ScanAll();
  tree_.Remove(device_ + "/bsg");
  const Snapshot without_bsg = ScanAll(&first);
  EXPECT_EQ(without_bsg.paths[0].bsg_name, "");
  tree_.Remove(device_ + "/scsi_generic");
  tree_.Write(device_ + "/scsi_generic/sg9/dev", "21:9\n");
  const Snapshot other_sg = ScanAll(&without_bsg);
  EXPECT_EQ(other_sg.paths[0].sg_name, "sg9");
  tree_.Write(device_ + "/bsg/2:0:0:0/dev", "250:0\n");
  EXPECT_EQ(ScanAll(&other_sg).paths[0].bsg_name, "2:0:0:0");
}

TEST_F(RescanTest, PathWithAWarningIsReadAgainUntilItHasNone) {
  std::filesystem::rename(tree_.root() + "/" + device_ + "/vpd_pg83", tree_.root() + "/kept");
  const Snapshot first = ScanAll();
  ASSERT_EQ(first.paths[0].lu_id, "");
  ASSERT_EQ(first.paths[0].warnings.size(), 1u);
  std::filesystem::rename(tree_.root() + "/kept", tree_.root() + "/" + device_ + "/vpd_pg83");
  const Snapshot second = ScanAll(&first);
  EXPECT_EQ(second.paths[0].lu_id, "1Linux_scsi_debug_6000");
  EXPECT_TRUE(second.paths[0].warnings.empty());
}

}  // namespace
}  // namespace pathwatch::discovery
