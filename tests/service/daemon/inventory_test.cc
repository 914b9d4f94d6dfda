#include "service/daemon/inventory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pathwatch::service {
namespace {

using discovery::DiscoveredPath;
using discovery::Hctl;
using discovery::Snapshot;

DiscoveredPath PathAt(std::uint32_t host, std::uint64_t lun, const std::string& lu_id,
                      std::uint64_t generation = 1) {
  DiscoveredPath path;
  path.hctl = {host, 0, 0, lun};
  path.generation = generation;
  path.nexus = discovery::FormatNexus(path.hctl);
  path.lu_id = lu_id;
  path.identity = scsi::IdentityNamed(lu_id);
  return path;
}

Snapshot Scan(std::vector<DiscoveredPath> paths, std::vector<std::uint32_t> hosts) {
  Snapshot snapshot;
  snapshot.paths = std::move(paths);
  for (const std::uint32_t host : hosts) snapshot.hosts.push_back({host, "lpfc", 192});
  return snapshot;
}

TEST(InventoryTest, TheFirstScanFindsHostsAndPaths) {
  Inventory inventory;
  const auto changes =
      inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(3, 1, "b"), PathAt(4, 0, "a")}, {3, 4}));
  EXPECT_EQ(changes.hosts.size(), 2u);
  ASSERT_EQ(changes.found.size(), 3u);
  EXPECT_TRUE(changes.gone.empty());
  const KnownPath& first = inventory.path(changes.found[0]);
  const KnownPath& second = inventory.path(changes.found[1]);
  const KnownPath& third = inventory.path(changes.found[2]);
  EXPECT_EQ(first.nexus, second.nexus);
  EXPECT_NE(first.nexus, third.nexus);
  EXPECT_EQ(first.lun, third.lun);
  EXPECT_NE(first.lun, second.lun);
  EXPECT_EQ(inventory.host(third.host).facts.number, 4u);
  EXPECT_EQ(inventory.Find({3, 0, 0, 1}), &second);
  EXPECT_EQ(inventory.Find({3, 0, 0, 2}), nullptr);
}

TEST(InventoryTest, ThePathsOfAUnitWithoutIdentifierAreUnitsOfTheirOwn) {
  Inventory inventory;
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, ""), PathAt(4, 0, "")}, {3, 4}));
  EXPECT_NE(inventory.path(changes.found[0]).lun, inventory.path(changes.found[1]).lun);
}

TEST(InventoryTest, ASecondScanOfTheSameSaysNothing) {
  Inventory inventory;
  inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  EXPECT_TRUE(changes.hosts.empty());
  EXPECT_TRUE(changes.found.empty());
  EXPECT_TRUE(changes.gone.empty());
  EXPECT_TRUE(changes.changed.empty());
}

TEST(InventoryTest, ADeletedDeviceThatComesBackKeepsItsNumber) {
  Inventory inventory;
  const auto first = inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(3, 1, "b")}, {3}));
  const auto gone = inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  EXPECT_EQ(gone.gone, std::vector<health::PathId>{first.found[1]});
  EXPECT_TRUE(inventory.path(first.found[1]).removed);
  EXPECT_TRUE(gone.free_luns.empty());
  const auto back = inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(3, 1, "b", 2)}, {3}));
  EXPECT_EQ(back.found, std::vector<health::PathId>{first.found[1]});
  EXPECT_FALSE(inventory.path(first.found[1]).removed);
}

TEST(InventoryTest, AnotherDeviceUnderTheSameAddressIsGoneAndFound) {
  Inventory inventory;
  const auto first = inventory.Apply(Scan({PathAt(3, 0, "a", 1)}, {3}));
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, "z", 2)}, {3}));
  EXPECT_EQ(changes.gone, first.found);
  EXPECT_EQ(changes.found, first.found);
  EXPECT_EQ(LunKey(inventory.path(first.found[0]).facts), "z");
  EXPECT_EQ(changes.free_luns.size(), 1u);
}

TEST(InventoryTest, AnotherIdentifierOfTheSameDeviceIsADoubtAndTheNameStays) {
  Inventory inventory;
  const auto first = inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, "z")}, {3}));
  EXPECT_EQ(changes.doubted, first.found);
  EXPECT_EQ(changes.changed, first.found);
  EXPECT_TRUE(changes.gone.empty());
  EXPECT_EQ(inventory.path(0).facts.lu_id, "a");
  EXPECT_TRUE(inventory.Apply(Scan({PathAt(3, 0, "z")}, {3})).doubted.empty());
}

TEST(InventoryTest, ADeviceThatGetsItsFirstIdentifierIsFoundAgainUnderIt) {
  Inventory inventory;
  const auto first = inventory.Apply(Scan({PathAt(3, 0, "")}, {3}));
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  EXPECT_EQ(changes.gone, first.found);
  EXPECT_EQ(changes.found, first.found);
  EXPECT_EQ(LunKey(inventory.path(0).facts), "a");
}

TEST(InventoryTest, AMapNamesTheLogicalUnitByAnotherOfItsDesignators) {
  Inventory inventory;
  DiscoveredPath path = PathAt(3, 0, "a");
  const std::uint64_t other = scsi::IdentityNamed("b").designators[0];
  path.identity.designators.push_back(other);
  inventory.Apply(Scan({path}, {3}));
  const health::LunId before = inventory.path(0).lun;
  path.dm_wwid = "b";
  const auto changes = inventory.Apply(Scan({path}, {3}));
  EXPECT_EQ(changes.renamed, std::vector<health::PathId>{0});
  EXPECT_TRUE(changes.gone.empty());
  EXPECT_EQ(inventory.path(0).facts.lu_id, "b");
  EXPECT_NE(inventory.path(0).lun, before);
  EXPECT_EQ(changes.free_luns, std::vector<health::LunId>{before});
  // The map may go: the name stays.
  path.dm_wwid = "";
  EXPECT_TRUE(inventory.Apply(Scan({path}, {3})).renamed.empty());
  EXPECT_EQ(inventory.path(0).facts.lu_id, "b");
}

TEST(InventoryTest, AMapWithAStrangeNameChangesNothing) {
  Inventory inventory;
  DiscoveredPath path = PathAt(3, 0, "a");
  path.dm_wwid = "mine";
  inventory.Apply(Scan({path}, {3}));
  EXPECT_EQ(inventory.path(0).facts.lu_id, "a");
}

TEST(InventoryTest, AnAcceptedIdentityMovesThePathToItsLogicalUnit) {
  Inventory inventory;
  inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(4, 0, "z")}, {3, 4}));
  const health::LunId other = inventory.path(1).lun;
  const auto changes = inventory.Accept(0, scsi::IdentityNamed("z"));
  EXPECT_EQ(inventory.path(0).facts.lu_id, "z");
  EXPECT_EQ(inventory.path(0).lun, other);
  EXPECT_EQ(inventory.paths_of(other), (std::vector<health::PathId>{1, 0}));
  EXPECT_EQ(changes.free_luns.size(), 1u);
  // The kernel still says "a": that is no doubt of what was accepted, but other facts.
  EXPECT_EQ(inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(4, 0, "z")}, {3, 4})).doubted.size(),
            0u);
}

TEST(InventoryTest, ADeviceKeepsTheNameThatADaemonBeforeKnew) {
  Inventory inventory;
  const auto name_before = [](const DiscoveredPath& path) {
    return std::string(path.hctl.lun == 0 ? "b" : "");
  };
  inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(3, 1, "c")}, {3}), name_before);
  EXPECT_EQ(inventory.path(0).facts.lu_id, "b");
  EXPECT_EQ(inventory.path(0).facts.identity, scsi::IdentityNamed("b"));
  EXPECT_EQ(inventory.path(1).facts.lu_id, "c");
}

TEST(InventoryTest, FactsOfANexusAreThoseOfTheLastScan) {
  Inventory inventory;
  Snapshot snapshot = Scan({PathAt(3, 0, "a")}, {3});
  EXPECT_TRUE(inventory.Apply(snapshot).nexuses.empty());
  EXPECT_EQ(inventory.nexus(0).name, "3:0:0");
  snapshot.nexuses.emplace_back();
  snapshot.nexuses[0].name = "3:0:0";
  snapshot.nexuses[0].port_name = "rport-3:0-0";
  EXPECT_EQ(inventory.Apply(snapshot).nexuses, std::vector<health::NexusId>{0});
  EXPECT_EQ(inventory.nexus(0).port_name, "rport-3:0-0");
}

TEST(InventoryTest, OtherFactsOfTheSameDeviceAreAChange) {
  Inventory inventory;
  const auto first = inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  DiscoveredPath path = PathAt(3, 0, "a");
  path.sd_name = "sdc";
  const auto changes = inventory.Apply(Scan({path}, {3}));
  EXPECT_EQ(changes.changed, first.found);
  EXPECT_EQ(inventory.path(first.found[0]).facts.sd_name, "sdc");
}

TEST(InventoryTest, ForgettingTheLastPathFreesWhatOnlyItReferredTo) {
  Inventory inventory;
  const auto first = inventory.Apply(Scan({PathAt(3, 0, "a"), PathAt(4, 0, "a")}, {3, 4}));
  const health::HostId host = inventory.path(first.found[1]).host;
  const health::NexusId nexus = inventory.path(first.found[1]).nexus;
  inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  const auto freed = inventory.Forget(first.found[1]);
  EXPECT_EQ(freed.free_nexuses, std::vector<health::NexusId>{nexus});
  EXPECT_EQ(freed.free_hosts, std::vector<health::HostId>{host});
  EXPECT_TRUE(freed.free_luns.empty());
  EXPECT_EQ(inventory.Find({4, 0, 0, 0}), nullptr);
}

TEST(InventoryTest, ANumberThatWasGivenOutAgainInTheSameScanIsNotFree) {
  Inventory inventory;
  inventory.Apply(Scan({PathAt(3, 0, "a", 1), PathAt(3, 1, "b", 1)}, {3}));
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, "x", 2), PathAt(3, 1, "y", 2)}, {3}));
  for (const health::LunId lun : changes.free_luns) {
    for (const health::PathId path : changes.found) EXPECT_NE(inventory.path(path).lun, lun);
  }
}

TEST(InventoryTest, AHostThatIsNotListedHasUnknownLimits) {
  Inventory inventory;
  const auto changes = inventory.Apply(Scan({PathAt(3, 0, "a")}, {}));
  ASSERT_EQ(changes.hosts.size(), 1u);
  EXPECT_EQ(inventory.host(changes.hosts[0]).facts.can_queue, 0u);
  const auto later = inventory.Apply(Scan({PathAt(3, 0, "a")}, {3}));
  ASSERT_EQ(later.hosts.size(), 1u);
  EXPECT_EQ(inventory.host(later.hosts[0]).facts.can_queue, 192u);
}

}  // namespace
}  // namespace pathwatch::service
