#include "lib/passthrough/fabric.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>

#include "lib/scsi/cdb.h"

namespace pathwatch::passthrough {
namespace {

using health::kNever;
using health::kSecond;
using health::State;

TEST(FabricTest, EachPathHasAnAddressOfItsOwnAndFourPathsShareAUnit) {
  const Fabric fabric({.paths = 1'000});
  std::set<std::tuple<unsigned, unsigned, unsigned, std::uint64_t>> addresses;
  std::map<std::string, std::set<unsigned>> hosts_by_unit;
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const Fabric::Place place = fabric.PlaceOf(path);
    EXPECT_LT(place.host, fabric.hosts());
    addresses.insert({place.host, place.channel, place.target, place.lun});
    hosts_by_unit[place.wwid].insert(place.host);
  }
  EXPECT_EQ(addresses.size(), 1'000u);
  EXPECT_EQ(hosts_by_unit.size(), 250u);
  for (const auto& [wwid, hosts] : hosts_by_unit) EXPECT_EQ(hosts.size(), 4u) << wwid;
}

TEST(FabricTest, ManyPathsGetMoreHosts) {
  const Fabric fabric({.paths = 100'000});
  EXPECT_EQ(fabric.hosts(), 28u);
  std::set<std::tuple<unsigned, unsigned, std::uint64_t>> addresses;
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const Fabric::Place place = fabric.PlaceOf(path);
    addresses.insert({place.host, place.target, place.lun});
  }
  EXPECT_EQ(addresses.size(), 100'000u);
}

TEST(FabricTest, WithoutFaultsEveryCommandIsGoodWithinTheLatency) {
  const Fabric fabric({.paths = 100, .faulty_paths = 0, .silent_nexuses = 0});
  for (std::uint32_t path = 0; path < 100; ++path) {
    const auto answer = fabric.Send(kSecond, path, scsi::TestUnitReady());
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.host_status, 0);
    EXPECT_GE(answer.when_ns, kSecond + 200'000);
    EXPECT_LT(answer.when_ns, kSecond + 2'000'000);
  }
}

TEST(FabricTest, TheSameSeedTellsTheSameStory) {
  const Fabric one({.seed = 7, .paths = 500, .faulty_paths = 0.2});
  const Fabric two({.seed = 7, .paths = 500, .faulty_paths = 0.2});
  const Fabric other({.seed = 8, .paths = 500, .faulty_paths = 0.2});
  int differences = 0;
  for (std::uint32_t path = 0; path < 500; ++path) {
    EXPECT_EQ(one.Truth(100 * kSecond, path), two.Truth(100 * kSecond, path));
    differences += one.Truth(100 * kSecond, path) != other.Truth(100 * kSecond, path);
  }
  EXPECT_GT(differences, 0);
}

TEST(FabricTest, TheFractionOfFaultsIsAboutWhatWasAskedFor) {
  const Fabric fabric({.paths = 10'000, .faulty_paths = 0.1, .silent_nexuses = 0});
  int bad = 0;
  for (std::uint32_t path = 0; path < 10'000; ++path) {
    bad += fabric.Truth(100 * kSecond, path) != State::kUp;
  }
  // Five of seven kinds of faults show; 714 are expected.
  EXPECT_GT(bad, 600);
  EXPECT_LT(bad, 830);
}

TEST(FabricTest, AllPathsOfASilentNexusGiveNoAnswer) {
  const Fabric fabric({.paths = 160, .faulty_paths = 0, .silent_nexuses = 0.5});
  std::map<std::pair<unsigned, unsigned>, std::set<State>> states;
  for (std::uint32_t path = 0; path < 160; ++path) {
    const auto place = fabric.PlaceOf(path);
    states[{place.host, place.target}].insert(fabric.Truth(kSecond, path));
  }
  int silent = 0;
  for (const auto& [nexus, seen] : states) {
    ASSERT_EQ(seen.size(), 1u);
    silent += *seen.begin() == State::kNoAnswer;
  }
  EXPECT_GT(silent, 2);
  EXPECT_LT(silent, 14);
}

TEST(FabricTest, ASilentCommandIsAnsweredWhenTheFaultEnds) {
  const Fabric fabric({.paths = 1'000, .faulty_paths = 0.3, .silent_nexuses = 0});
  int silent = 0;
  for (std::uint32_t path = 0; path < 1'000; ++path) {
    if (fabric.Truth(kSecond, path) != State::kNoAnswer) continue;
    ++silent;
    const auto answer = fabric.Send(kSecond, path, scsi::TestUnitReady());
    ASSERT_NE(answer.when_ns, kNever);
    EXPECT_NE(fabric.Truth(answer.when_ns, path), State::kNoAnswer);
    EXPECT_EQ(fabric.Truth(answer.when_ns - 3'000'000, path), State::kNoAnswer);
  }
  EXPECT_GT(silent, 10);
}

TEST(FabricTest, OnceHeldNothingChangesAndSilenceNeverEnds) {
  Fabric fabric({.paths = 1'000, .faulty_paths = 0.3, .silent_nexuses = 0.1});
  fabric.Hold(50 * kSecond);
  int silent = 0;
  for (std::uint32_t path = 0; path < 1'000; ++path) {
    const State truth = fabric.Truth(50 * kSecond, path);
    EXPECT_EQ(fabric.Truth(5'000 * kSecond, path), truth);
    if (truth != State::kNoAnswer) continue;
    ++silent;
    EXPECT_EQ(fabric.Send(50 * kSecond, path, scsi::TestUnitReady()).when_ns, kNever);
  }
  EXPECT_GT(silent, 10);
}

}  // namespace
}  // namespace pathwatch::passthrough
