#include <string>

#include "gtest/gtest.h"
#include "lib/discovery/diff.h"
#include "lib/discovery/scanner.h"
#include "tests/discovery/describe.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

Snapshot ScanOf(const SysfsTree& tree, const Snapshot* previous = nullptr) {
  auto snapshot = Scan(tree.root(), previous);
  EXPECT_TRUE(snapshot.ok()) << snapshot.status();
  return *std::move(snapshot);
}

TEST(TransportRescanTest, StateOfAPortIsReadAgainForKnownPaths) {
  SysfsTree tree("fc");
  const Snapshot first = ScanOf(tree);
  tree.Write(tree.Resolve("class/fc_remote_ports/rport-1:0-1") + "/port_state", "Online\n");
  const Snapshot second = ScanOf(tree, &first);
  EXPECT_EQ(second.paths, first.paths);
  ASSERT_EQ(second.nexuses.size(), 3u);
  EXPECT_EQ(second.nexuses[1].port_state, "Online");
  Difference expected;
  expected.nexuses = {1};
  EXPECT_EQ(Diff(first, second), expected);
}

// After a new login the session has another number under the same host.
TEST(TransportRescanTest, NewSessionUnderTheSameAddressIsNoticed) {
  SysfsTree tree("iscsi");
  const Snapshot first = ScanOf(tree);
  tree.Remove("class/scsi_device/2:0:0:0");
  const std::string target = "devices/platform/host2/session14/target2:0:0/2:0:0:0";
  tree.Link("class/scsi_device/2:0:0:0", "../../" + target + "/scsi_device/2:0:0:0");
  tree.Link(target + "/scsi_device/2:0:0:0/device", "../../../../../session3/target2:0:0/2:0:0:0");
  tree.Write("class/iscsi_session/session14/targetname", "iqn.2026-01.org.example:t9\n");
  tree.Write("class/iscsi_session/session14/tpgt", "2\n");
  const Snapshot second = ScanOf(tree, &first);
  EXPECT_EQ(second.nexuses[0].port_name, "session14");
  EXPECT_EQ(second.nexuses[0].target_port, "iqn.2026-01.org.example:t9,t,0x0002");
  EXPECT_EQ(Diff(first, second).nexuses, std::vector<std::size_t>{0});
}

TEST(TransportRescanTest, RemotePortThatVanishesAfterTheListingLeavesItsNameOnly) {
  SysfsTree tree("fc");
  Scanner scanner(tree.root());
  scanner.Start();
  EXPECT_FALSE(scanner.Step([] { return true; }));
  tree.Remove("class/fc_remote_ports/rport-1:0-0");
  EXPECT_TRUE(scanner.Step([] { return false; }));
  const auto snapshot = scanner.TakeResult();
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ(snapshot->paths.size(), 4u);
  DiscoveredNexus expected;
  expected.name = "1:0:0";
  expected.transport = Transport::kFc;
  expected.initiator_port = "0x2000020000000a";
  expected.port_name = "rport-1:0-0";
  EXPECT_EQ(snapshot->nexuses.at(0), expected);
  EXPECT_TRUE(snapshot->warnings.empty());
}

// The tree `maps`: sda and sdb (9:0:0:0 and 9:0:1:0) in dm-0.
class MapRescanTest : public testing::Test {
 protected:
  static constexpr const char* kMap = "devices/virtual/block/dm-0/";

  static std::string DmOf(const Snapshot& snapshot, std::size_t path) {
    return snapshot.paths.at(path).dm_name + "|" + snapshot.paths.at(path).dm_wwid;
  }

  SysfsTree tree_{"maps"};
  const Snapshot first_ = ScanOf(tree_);
};

TEST_F(MapRescanTest, UnchangedTreeGivesAnEqualSnapshot) {
  EXPECT_EQ(ScanOf(tree_, &first_), first_);
}

TEST_F(MapRescanTest, RenamedMapHasAnotherName) {
  tree_.Write(std::string(kMap) + "dm/name", "data\n");
  const Snapshot second = ScanOf(tree_, &first_);
  EXPECT_EQ(DmOf(second, 0), "data|36001405000000000000000000000000a0");
  Difference expected;
  expected.changed = {{0, 0}, {4, 4}};
  EXPECT_EQ(Diff(first_, second), expected);
}

TEST_F(MapRescanTest, DiskThatLeavesTheMapIsInNone) {
  tree_.Remove(std::string(kMap) + "slaves/sdb");
  const Snapshot second = ScanOf(tree_, &first_);
  EXPECT_EQ(DmOf(second, 0), "mpath a|36001405000000000000000000000000a0");
  EXPECT_EQ(DmOf(second, 4), "|");
}

TEST_F(MapRescanTest, MapThatIsRemovedHoldsNoDisk) {
  tree_.Remove("block/dm-0");
  EXPECT_EQ(DmOf(ScanOf(tree_, &first_), 0), "|");
}

// Its directory is there and its attributes are not any more, or not yet.
TEST_F(MapRescanTest, MapOnItsWayOutHoldsNoDisk) {
  tree_.Remove(std::string(kMap) + "slaves");
  EXPECT_EQ(DmOf(ScanOf(tree_, &first_), 0), "|");
  tree_.Remove(std::string(kMap) + "dm/name");
  const Snapshot second = ScanOf(tree_, &first_);
  EXPECT_EQ(DmOf(second, 0), "|");
  EXPECT_TRUE(second.warnings.empty());
}

TEST_F(MapRescanTest, MapsAreReadOneByOne) {
  Scanner scanner(tree_.root());
  scanner.Start(&first_);
  int steps = 1;
  while (!scanner.Step([] { return true; })) ++steps;
  const auto sliced = scanner.TakeResult();
  ASSERT_TRUE(sliced.ok());
  EXPECT_EQ(*sliced, first_);
  // Devices: list twice, 5 paths, 2 nexuses, end; maps: list twice, 5 dm devices, end; hosts: list
  // twice, 1 host, end.
  EXPECT_EQ(steps, (2 + 5 + 2 + 1) + (2 + 5 + 1) + (2 + 1 + 1));
}

}  // namespace
}  // namespace pathwatch::discovery
