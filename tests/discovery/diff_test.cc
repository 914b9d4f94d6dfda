#include "lib/discovery/diff.h"

#include <vector>

#include "gtest/gtest.h"

namespace pathwatch::discovery {
namespace {

using Pair = Difference::Pair;

DiscoveredPath Path(std::uint64_t lun, std::uint64_t generation, const char* state = "running") {
  DiscoveredPath path;
  path.hctl = {3, 0, 0, lun};
  path.generation = generation;
  path.state = state;
  return path;
}

Snapshot Of(std::vector<DiscoveredPath> paths) {
  Snapshot snapshot;
  snapshot.paths = std::move(paths);
  return snapshot;
}

TEST(DiffTest, EqualSnapshotsDifferInNothing) {
  const Snapshot snapshot = Of({Path(0, 10), Path(1, 11)});
  EXPECT_EQ(Diff(snapshot, snapshot), Difference());
  EXPECT_EQ(Diff(Snapshot(), Snapshot()), Difference());
}

TEST(DiffTest, FirstScanAddsEverything) {
  Difference expected;
  expected.added = {0, 1};
  EXPECT_EQ(Diff(Snapshot(), Of({Path(0, 10), Path(1, 11)})), expected);
}

TEST(DiffTest, EverythingGoneIsRemoved) {
  Difference expected;
  expected.removed = {0, 1};
  EXPECT_EQ(Diff(Of({Path(0, 10), Path(1, 11)}), Snapshot()), expected);
}

TEST(DiffTest, SameGenerationWithAnotherStateHasChanged) {
  Difference expected;
  expected.changed = {Pair{1, 1}};
  EXPECT_EQ(Diff(Of({Path(0, 10), Path(1, 11)}), Of({Path(0, 10), Path(1, 11, "offline")})),
            expected);
}

TEST(DiffTest, AnotherGenerationIsReplacedWhateverItsFacts) {
  Difference expected;
  expected.replaced = {Pair{0, 0}, Pair{1, 1}};
  EXPECT_EQ(Diff(Of({Path(0, 10), Path(1, 11)}), Of({Path(0, 20), Path(1, 21, "offline")})),
            expected);
}

// before:  0   2 3   5 6
// after:     1 2 3 4 5   7      (3 replaced, 5 changed)
TEST(DiffTest, MixedChangesAreInTheOrderOfTheAddresses) {
  const Snapshot before = Of({Path(0, 1), Path(2, 1), Path(3, 1), Path(5, 1), Path(6, 1)});
  const Snapshot after =
      Of({Path(1, 1), Path(2, 1), Path(3, 2), Path(4, 1), Path(5, 1, "blocked"), Path(7, 1)});
  Difference expected;
  expected.removed = {0, 4};
  expected.added = {0, 3, 5};
  expected.replaced = {Pair{2, 2}};
  expected.changed = {Pair{3, 4}};
  EXPECT_EQ(Diff(before, after), expected);
}

TEST(DiffTest, DiskThatEntersOrLeavesAMapHasChanged) {
  DiscoveredPath named = Path(0, 10);
  named.dm_name = "mpatha";
  DiscoveredPath other = Path(1, 11);
  other.dm_wwid = "3600";
  Difference expected;
  expected.changed = {Pair{0, 0}, Pair{1, 1}};
  EXPECT_EQ(Diff(Of({Path(0, 10), Path(1, 11)}), Of({named, other})), expected);
}

DiscoveredNexus Nexus(const char* name, const char* port_state) {
  DiscoveredNexus nexus;
  nexus.name = name;
  nexus.transport = Transport::kFc;
  nexus.port_state = port_state;
  return nexus;
}

TEST(DiffTest, NewNexusesAndThoseWithOtherFactsAreNamed) {
  Snapshot before;
  before.nexuses = {Nexus("2:0:0", "Online"), Nexus("3:0:0", "Online"), Nexus("10:0:0", "Online")};
  Snapshot after;
  after.nexuses = {Nexus("3:0:0", "Online"), Nexus("3:0:1", "Online"), Nexus("10:0:0", "Blocked")};
  Difference expected;
  expected.nexuses = {1, 2};
  EXPECT_EQ(Diff(before, after), expected);
  EXPECT_EQ(Diff(after, after), Difference());
}

TEST(DiffTest, HostsWarningsAndDevicesNotCheckedDoNotCount) {
  Snapshot after;
  after.hosts.push_back({3, "lpfc", 64});
  after.not_checked.push_back({{3, 0, 0, 1}, NotCheckedKind::kExcluded, "It is a tape."});
  after.warnings.emplace_back("Something is odd.");
  EXPECT_EQ(Diff(Snapshot(), after), Difference());
}

}  // namespace
}  // namespace pathwatch::discovery
