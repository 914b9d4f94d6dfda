// Target port groups: when they are read, through which path, and what they make of a path.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/health/replies.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

using scsi::AccessState;

constexpr Group kOne{1, AccessState::kOptimized, 1};
constexpr Group kTwo{2, AccessState::kNonOptimized, 2};

Group In(Group group, AccessState state) {
  group.state = state;
  return group;
}

// Logical unit 0 with paths 0 and 1 in groups 1 and 2, each on a nexus of its own.
class GroupsTest : public testing::Test {
 protected:
  explicit GroupsTest(const Options& options = Unrefreshed()) : world_(options) {
    world_.Host(0, 1024);
  }

  void AddPaths() {
    world_.Path(0, {.nexus = 0, .tpgs = 1, .group = 1});
    world_.Path(1, {.nexus = 1, .tpgs = 1, .group = 2});
  }
  // What both paths answer to REPORT TARGET PORT GROUPS.
  void SetGroups(const Behaviour& reply) {
    for (const PathId path : {0, 1}) world_.Behave(path, "groups", reply);
  }
  void SetGroups(AccessState first, AccessState second = AccessState::kNonOptimized) {
    SetGroups(Groups({In(kOne, first), In(kTwo, second)}));
  }
  // Both paths are up and the groups are known.
  void Begin() {
    SetGroups(AccessState::kOptimized);
    AddPaths();
    world_.Elapse(4'000);
    ASSERT_EQ(world_.state(0), State::kUp);
    ASSERT_EQ(world_.state(1), State::kUp);
    world_.Trace();
    world_.Story();
  }
  AccessState Access(PathId path) const { return world_.core().path(path).access_state; }
  int Readings(const std::string& trace) const {
    int count = 0;
    for (std::size_t at = 0; (at = trace.find(" groups ", at)) != std::string::npos; ++at) ++count;
    return count;
  }

  World world_;
};

TEST_F(GroupsTest, AreReadOnceForTheLogicalUnitAtFirstSight) {
  SetGroups(AccessState::kOptimized);
  AddPaths();
  world_.Elapse(100);
  EXPECT_EQ(world_.Trace(),
            "0 check 0\n"
            "0 check 1\n"
            "1 groups 0\n"
            "2 path 0: unknown -> up\n"
            "2 path 1: unknown -> up\n");
  EXPECT_EQ(Access(0), AccessState::kOptimized);
  EXPECT_EQ(Access(1), AccessState::kNonOptimized);
  EXPECT_EQ(world_.core().alua(0)->cache.groups().size(), 2u);
}

TEST_F(GroupsTest, AreNotReadWithoutAsymmetricAccess) {
  world_.Path(0, {});
  world_.Elapse(6'000);
  EXPECT_EQ(Readings(world_.Trace()), 0);
  EXPECT_EQ(world_.core().alua(0), nullptr);
}

TEST_F(GroupsTest, AnActivePathOfAStandbyGroupIsAGhostFromTheBeginning) {
  SetGroups(AccessState::kOptimized, AccessState::kStandby);
  AddPaths();
  world_.Elapse(100);
  EXPECT_EQ(world_.Story(), "2 path 0: unknown -> up\n2 path 1: unknown -> ghost tpg\n");
}

TEST_F(GroupsTest, AStandbyReplyMakesAGhostAtOnceAndTheGroupsAreReadAgain) {
  Begin();
  world_.Behave(1, Sense(2, 0x04, 0x0B));
  SetGroups(AccessState::kOptimized, AccessState::kStandby);
  world_.Elapse(5'000);
  EXPECT_EQ(world_.state(1), State::kGhost);
  EXPECT_EQ(world_.core().path(1).standing.scope, Scope::kTargetPortGroup);
  EXPECT_EQ(Access(1), AccessState::kStandby);
  EXPECT_GE(Readings(world_.Trace()), 1);
  EXPECT_EQ(world_.core().path(1).standing.scope, Scope::kTargetPortGroup);
  // Said again, it is no news.
  world_.Elapse(20'000);
  EXPECT_EQ(Readings(world_.Trace()), 0);
}

TEST_F(GroupsTest, TheFaultIsThePathsIfItsGroupIsInAnotherState) {
  Begin();
  world_.Behave(1, Sense(2, 0x04, 0x0B));
  world_.Elapse(11'000);
  EXPECT_EQ(world_.state(1), State::kGhost);
  EXPECT_EQ(Access(1), AccessState::kNonOptimized);
  EXPECT_EQ(world_.core().path(1).standing.scope, Scope::kPath);
}

TEST_F(GroupsTest, GoodThatContradictsTheCacheWaitsForTheGroups) {
  Begin();
  world_.Behave(1, Sense(2, 0x04, 0x0C));
  SetGroups(AccessState::kOptimized, AccessState::kUnavailable);
  world_.Elapse(6'000);
  ASSERT_EQ(world_.state(1), State::kUnavailable);
  world_.Story();
  world_.Behave(1, Good());
  Behaviour slow = Groups({kOne, kTwo});
  slow.delay_ms = 300;
  SetGroups(slow);
  world_.Now(1);
  world_.Elapse(200);
  EXPECT_EQ(world_.state(1), State::kUnavailable);
  world_.Elapse(300);
  EXPECT_EQ(world_.state(1), State::kUp);
}

TEST_F(GroupsTest, GoodWinsIfTheGroupsCannotBeRead) {
  Begin();
  world_.Behave(1, Sense(2, 0x04, 0x0C));
  SetGroups(AccessState::kOptimized, AccessState::kUnavailable);
  world_.Elapse(6'000);
  ASSERT_EQ(world_.state(1), State::kUnavailable);
  world_.Behave(1, Good());
  SetGroups(Sense(4, 0x44, 0x00));
  world_.Now(1);
  world_.Elapse(1'000);
  EXPECT_EQ(world_.state(1), State::kUp);
  EXPECT_EQ(Access(1), AccessState::kUnavailable);
}

TEST_F(GroupsTest, ConfirmedGroupsWinOverGood) {
  Begin();
  world_.Behave(1, Sense(2, 0x04, 0x0C));
  SetGroups(AccessState::kOptimized, AccessState::kUnavailable);
  world_.Elapse(6'000);
  world_.Story();
  world_.Behave(1, Good());
  world_.Elapse(20'000);
  EXPECT_EQ(world_.state(1), State::kUnavailable);
  EXPECT_EQ(world_.Story(), "");
}

TEST_F(GroupsTest, AGroupThatIsMissingIsAskedForThroughItsOwnPath) {
  world_.Behave(0, "groups", Groups({kOne}));
  world_.Behave(1, "groups", Groups({kTwo}));
  AddPaths();
  world_.Elapse(100);
  EXPECT_EQ(world_.Trace(),
            "0 check 0\n"
            "0 check 1\n"
            "1 groups 0\n"
            "2 groups 1\n"
            "3 path 0: unknown -> up\n"
            "3 path 1: unknown -> up\n");
  EXPECT_EQ(Access(1), AccessState::kNonOptimized);
}

TEST_F(GroupsTest, AnArrayThatNeverListsAGroupIsNotAskedForEver) {
  world_.Behave(0, "groups", Groups({kOne}));
  world_.Behave(1, "groups", Groups({kOne}));
  AddPaths();
  world_.Elapse(1'000);
  world_.Trace();
  world_.Elapse(60'000);
  EXPECT_EQ(Readings(world_.Trace()), 0);
  EXPECT_EQ(world_.state(1), State::kUp);
  EXPECT_EQ(Access(1), AccessState::kUnknown);
}

TEST_F(GroupsTest, TheExtendedHeaderGivesTheTransitionTime) {
  SetGroups(Groups({kOne, kTwo}, 30));
  AddPaths();
  world_.Elapse(100);
  EXPECT_EQ(world_.core().alua(0)->cache.implicit_transition_ns(), 30 * kSecond);
}

TEST_F(GroupsTest, AnArrayWithoutTheExtendedHeaderIsAskedForTheOtherOne) {
  SetGroups(Sense(5, 0x24, 0x00));
  AddPaths();
  world_.Elapse(1);
  SetGroups(AccessState::kOptimized);
  world_.Elapse(100);
  EXPECT_EQ(world_.core().counters().groups_failed, 1u);
  EXPECT_EQ(Access(0), AccessState::kOptimized);
  EXPECT_FALSE(world_.core().alua(0)->refused);
}

TEST_F(GroupsTest, AnExtendedReplyThatLosesPortsIsRepeatedWithoutAndItsTimeIsKept) {
  Behaviour cut = Groups({kOne, kTwo}, 30);
  cut.data.resize(cut.data.size() - 4);
  cut.data[3] = static_cast<std::uint8_t>(cut.data[3] - 4);
  SetGroups(cut);
  AddPaths();
  world_.Elapse(1);  // the first request is out
  world_.Elapse(1);
  SetGroups(AccessState::kOptimized);
  world_.Elapse(100);
  const AluaCache& cache = world_.core().alua(0)->cache;
  EXPECT_EQ(cache.implicit_transition_ns(), 30 * kSecond);
  ASSERT_NE(cache.Find(2), nullptr);
}

TEST_F(GroupsTest, AReplyThatWasCutIsNeverBelieved) {
  std::vector<Group> many;
  for (std::uint16_t id = 1; id <= 200; ++id) many.push_back({id, AccessState::kOptimized, id});
  SetGroups(Groups(many));  // 2404 bytes
  AddPaths();
  world_.Elapse(2);
  EXPECT_EQ(world_.core().alua(0)->cache.groups().size(), 0u);
  world_.Elapse(10);
  EXPECT_EQ(world_.core().alua(0)->cache.groups().size(), 200u);
  EXPECT_EQ(Readings(world_.Trace()), 2);
}

TEST_F(GroupsTest, MoreGroupsThanAreKeptCauseNoRepetition) {
  std::vector<Group> many;
  for (std::uint16_t id = 3; id < 303; ++id) many.push_back({id, AccessState::kOptimized, id});
  SetGroups(Groups(many));
  AddPaths();
  world_.Elapse(30'000);
  EXPECT_TRUE(world_.core().alua(0)->cache.cut());
  EXPECT_EQ(world_.core().alua(0)->cache.groups().size(), 256u);
  EXPECT_EQ(Readings(world_.Trace()), 2);  // the first one was cut
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(GroupsTest, AUnitAttentionIsAnsweredWithTheSameRequest) {
  SetGroups(Sense(6, 0x2A, 0x06));
  AddPaths();
  world_.Elapse(1);
  SetGroups(AccessState::kOptimized);
  world_.Elapse(100);
  EXPECT_EQ(Access(0), AccessState::kOptimized);
}

TEST_F(GroupsTest, AnArrayThatRefusesTheCommandIsLeftAlone) {
  SetGroups(Sense(5, 0x20, 0x00));
  AddPaths();
  world_.Elapse(5'500);
  world_.Trace();
  world_.Behave(0, Status(0x18));
  world_.Elapse(20'000);
  EXPECT_EQ(Readings(world_.Trace()), 0);
  EXPECT_TRUE(world_.core().alua(0)->refused);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(GroupsTest, AnArrayInTransitionIsAskedAgainASecondLater) {
  Begin();
  SetGroups(Sense(2, 0x04, 0x0A));
  for (const PathId path : {0, 1}) world_.Behave(path, Sense(2, 0x04, 0x0A));
  world_.Now(0);
  world_.Elapse(500);
  EXPECT_EQ(world_.state(0), State::kTransitioning);
  EXPECT_EQ(Access(0), AccessState::kTransitioning);
  SetGroups(AccessState::kUnavailable, AccessState::kOptimized);
  world_.Behave(0, Sense(2, 0x04, 0x0C));
  world_.Behave(1, Good());
  world_.Elapse(1'500);
  EXPECT_EQ(world_.state(0), State::kUnavailable);
  EXPECT_EQ(Access(1), AccessState::kOptimized);
  EXPECT_EQ(world_.state(1), State::kUp);
}

TEST_F(GroupsTest, ATransitionIsPolledAndIsUnavailableAfterItsLimit) {
  Begin();
  world_.ChecksOf(0);
  world_.Behave(0, Sense(2, 0x04, 0x0A));
  SetGroups(AccessState::kTransitioning);
  world_.Now(0);
  world_.Elapse(59'000);
  EXPECT_EQ(world_.state(0), State::kTransitioning);
  const std::vector<std::int64_t> checks = world_.ChecksOf(0);
  ASSERT_GE(checks.size(), 4u);
  EXPECT_LE(checks[1] - checks[0], 1'001);
  EXPECT_LE(checks[3] - checks[2], 2'001);
  world_.Story();
  world_.Elapse(2'000);
  EXPECT_EQ(world_.Story(), "64002 path 0: transitioning -> unavailable tpg\n");
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kTransitionTooLong);
  world_.Behave(0, Good());
  SetGroups(AccessState::kOptimized);
  world_.Elapse(6'000);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(GroupsTest, ALogicalUnitThatBecomesReadyForTooLongIsDown) {
  Begin();
  world_.Behave(0, Sense(2, 0x04, 0x01));
  world_.Now(0);
  world_.Elapse(59'000);
  EXPECT_EQ(world_.Story(), "4001 path 0: up -> transitioning lu\n");
  world_.Elapse(2'000);
  EXPECT_EQ(world_.Story(), "64002 path 0: transitioning -> down lu\n");
}

TEST_F(GroupsTest, WhatSaysNothingOnAnOfflinePortIsUnavailable) {
  Begin();
  // LIO answers so in the state "offline", to every command but through the other group.
  world_.Behave(0, Sense(5, 0x24, 0x00));
  world_.Behave(0, "groups", Sense(5, 0x24, 0x00));
  world_.Behave(1, "groups", Groups({In(kOne, AccessState::kOffline), kTwo}));
  world_.Elapse(5'500);
  EXPECT_EQ(world_.state(0), State::kUnavailable);
  EXPECT_EQ(Access(0), AccessState::kOffline);
  EXPECT_FALSE(world_.core().alua(0)->refused);
  world_.Elapse(20'000);
  EXPECT_EQ(world_.state(0), State::kUnavailable);
}

TEST_F(GroupsTest, AnotherPathIsAskedIfTheFirstDoesNotAnswer) {
  Begin();
  world_.Behave(0, "groups", Silent());
  world_.Behave(0, Status(0x04));  // up, but another answer than before
  world_.Now(0);
  world_.Elapse(5'500);
  EXPECT_EQ(world_.state(0), State::kNoAnswer);
  const std::string trace = world_.Trace();
  EXPECT_NE(trace.find("groups 0"), std::string::npos) << trace;
  EXPECT_NE(trace.find("groups 1"), std::string::npos) << trace;
}

TEST_F(GroupsTest, AreReadAgainWhenTheLogicalUnitGetsAnotherName) {
  Begin();
  for (const PathId path : {0, 1}) world_.Move(path, 7);
  world_.Elapse(1'000);
  EXPECT_EQ(world_.core().alua(0), nullptr);
  ASSERT_NE(world_.core().alua(7), nullptr);
  EXPECT_EQ(world_.core().alua(7)->cache.groups().size(), 2u);
  EXPECT_EQ(world_.core().lun_counts(7)[static_cast<std::size_t>(State::kUp)], 2u);
  EXPECT_EQ(world_.core().lun_counts(0)[static_cast<std::size_t>(State::kUp)], 0u);
  EXPECT_EQ(Access(1), AccessState::kNonOptimized);
  EXPECT_EQ(world_.Story(), "");
}

TEST_F(GroupsTest, AreAskedForThroughAnotherPathWhenTheCarrierIsDeleted) {
  Begin();
  world_.Behave(0, "groups", Silent());
  world_.Behave(0, Status(0x04));
  world_.Now(0);
  world_.Elapse(100);
  world_.Trace();
  world_.Gone(0);
  world_.Elapse(100);
  EXPECT_EQ(Readings(world_.Trace()), 1);
}

TEST_F(GroupsTest, NewsOfAGroupDoNotBringBackAPathThatDoesNotAnswer) {
  Begin();
  world_.Behave(0, Silent());
  world_.Elapse(12'000);
  ASSERT_EQ(world_.state(0), State::kNoAnswer);
  SetGroups(AccessState::kNonOptimized, AccessState::kOptimized);
  world_.Behave(1, Status(0x18));  // another answer than before: the groups are read
  world_.Elapse(6'000);
  EXPECT_EQ(Access(0), AccessState::kNonOptimized);
  EXPECT_EQ(world_.state(0), State::kNoAnswer);
}

TEST_F(GroupsTest, ATransitionOfWhichNothingMoreIsHeardEndsAtItsLimit) {
  Begin();
  world_.Behave(0, Sense(2, 0x04, 0x0A));
  SetGroups(Sense(4, 0x44, 0x00));
  world_.Now(0);
  world_.Elapse(2'000);
  ASSERT_EQ(world_.state(0), State::kTransitioning);
  world_.Behave(0, Sense(5, 0x24, 0x00));
  world_.Elapse(60'000);
  EXPECT_EQ(world_.state(0), State::kUnavailable);
}

Options Refreshed() {
  Options options;
  options.refresh_ns = 20 * kSecond;
  return options;
}

class RefreshedGroupsTest : public GroupsTest {
 protected:
  RefreshedGroupsTest() : GroupsTest(Refreshed()) {
    for (const PathId path : {0, 1}) {
      world_.Behave(path, "inquiry", Disk());
      world_.Behave(path, "page", Page(0, static_cast<std::uint16_t>(path + 1)));
    }
  }
};

TEST_F(RefreshedGroupsTest, AChangeThatNoReplyShowsIsSeenWithinTheRefresh) {
  Begin();
  SetGroups(AccessState::kNonOptimized, AccessState::kOptimized);
  world_.Elapse(22'000);
  EXPECT_EQ(Access(0), AccessState::kNonOptimized);
  EXPECT_EQ(Access(1), AccessState::kOptimized);
  EXPECT_EQ(world_.Story(), "");
}

TEST_F(RefreshedGroupsTest, AGroupThatWasPutIntoStandbyMakesGhostsOfPathsThatSayGood) {
  Begin();
  SetGroups(AccessState::kOptimized, AccessState::kStandby);
  world_.Elapse(22'000);
  EXPECT_EQ(world_.state(1), State::kGhost);
  EXPECT_EQ(world_.core().path(1).standing.reason.kind, ReasonKind::kPortGroup);
}

TEST_F(RefreshedGroupsTest, AnArrayThatHadRefusedThemIsAskedAgain) {
  SetGroups(Sense(5, 0x24, 0x00));
  AddPaths();
  world_.Elapse(5'000);
  ASSERT_TRUE(world_.core().alua(0)->refused);
  SetGroups(AccessState::kOptimized);
  world_.Elapse(22'000);
  EXPECT_FALSE(world_.core().alua(0)->refused);
  EXPECT_EQ(Access(0), AccessState::kOptimized);
}

TEST_F(RefreshedGroupsTest, AreReadAboutOncePerRefresh) {
  Begin();
  world_.Elapse(200'000);
  const int readings = Readings(world_.Trace());
  EXPECT_GE(readings, 9);
  EXPECT_LE(readings, 12);
}

}  // namespace
}  // namespace pathwatch::health
