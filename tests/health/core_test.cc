#include "lib/health/core.h"

#include <cerrno>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

using Times = std::vector<std::int64_t>;

Times Gaps(const Times& times) {
  Times gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
  return gaps;
}

// One host, one nexus; path 0 alone on logical unit 0 unless a test adds more.
class CoreTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Host(0, 1024);
    world_.Path(0, {});
  }
  // Path 1 leads to the same logical unit through another nexus, and stays up.
  void AddHealthySibling() { world_.Path(1, {.nexus = 1}); }

  World world_;
};

TEST_F(CoreTest, AFoundPathIsCheckedAtOnceAndThenOncePerInterval) {
  world_.Elapse(12'000);
  EXPECT_EQ(world_.Trace(),
            "0 check 0\n"
            "1 path 0: unknown -> up\n"
            "5000 check 0\n"
            "10000 check 0\n");
  const PathStatus& status = world_.core().path(0);
  EXPECT_EQ(status.checks, 3u);
  EXPECT_EQ(status.latency_ns, kMillisecond);
  EXPECT_EQ(status.last_done_ns, 10'001 * kMillisecond);
  EXPECT_EQ(status.valid_until_ns, 20'001 * kMillisecond);
  EXPECT_EQ(status.standing.since_ns, kMillisecond);
  EXPECT_FALSE(status.standing.unconfirmed);
}

TEST(ScheduleTest, TheFirstRoundIsPacedByTheLimitsAlone) {
  World world;
  world.Host(0, 1024);
  for (PathId path = 0; path < 20; ++path) world.Path(path, {.nexus = 0, .lun = path});
  world.Elapse(2);
  EXPECT_EQ(world.core().counts()[static_cast<std::size_t>(State::kUp)], 16u);
  world.Elapse(1);
  EXPECT_EQ(world.core().counts()[static_cast<std::size_t>(State::kUp)], 20u);
  EXPECT_EQ(world.worst_nexus_out(0), 8u);
}

TEST(ScheduleTest, LaterRoundsAreSpreadOverTheInterval) {
  World world;
  for (HostId host = 0; host < 10; ++host) world.Host(host, 1024);
  for (PathId path = 0; path < 1'000; ++path) {
    world.Path(path, {.nexus = path % 10, .lun = path, .host = path % 10});
  }
  world.Elapse(4'999);
  for (PathId path = 0; path < 1'000; ++path) world.ChecksOf(path);
  world.Elapse(5'000);
  std::map<std::int64_t, int> per_100_ms;
  for (PathId path = 0; path < 1'000; ++path) {
    const Times checks = world.ChecksOf(path);
    ASSERT_EQ(checks.size(), 1u) << path;
    ++per_100_ms[checks[0] / 100];
  }
  EXPECT_EQ(per_100_ms.size(), 50u);
  for (const auto& [slot, starts] : per_100_ms) {
    EXPECT_GE(starts, 18) << slot;
    EXPECT_LE(starts, 22) << slot;
  }
}

TEST_F(CoreTest, ASilentPathHasNoAnswerAtTheDeadlineAndGetsNoSecondCommand) {
  world_.Elapse(4'000);
  world_.Behave(0, Silent());
  world_.Elapse(60'000);
  EXPECT_EQ(world_.Trace(),
            "0 check 0\n"
            "1 path 0: unknown -> up\n"
            "5000 check 0\n"
            "10000 path 0: up -> no_answer\n");
  const PathStatus& status = world_.core().path(0);
  EXPECT_EQ(status.standing.reason.kind, ReasonKind::kDeadline);
  EXPECT_EQ(status.standing.unanswered_since_ns, 5 * kSecond);
}

TEST_F(CoreTest, ALateAnswerCounts) {
  world_.Elapse(4'000);
  world_.Story();
  world_.Behave(0, Good(7'000));
  world_.Elapse(9'000);
  EXPECT_EQ(world_.Story(),
            "10000 path 0: up -> no_answer\n"
            "12000 path 0: no_answer -> up\n");
  EXPECT_EQ(world_.core().path(0).standing.unanswered_since_ns, 0);
  EXPECT_EQ(world_.core().path(0).latency_ns, 7 * kSecond);
}

TEST_F(CoreTest, EachConditionHasItsState) {
  const std::vector<std::pair<Behaviour, State>> cases = {
      {Sense(2, 0x04, 0x0b), State::kGhost},       {Sense(2, 0x04, 0x0a), State::kTransitioning},
      {Sense(2, 0x04, 0x0c), State::kUnavailable}, {HostStatus(0x01), State::kDown},
      {Sense(5, 0x25, 0x00), State::kUnmapped},    {Good(), State::kUp},
  };
  world_.Elapse(1'000);
  for (const auto& [behaviour, state] : cases) {
    world_.Behave(0, behaviour);
    world_.Elapse(5'000);
    EXPECT_EQ(world_.state(0), state);
  }
}

TEST_F(CoreTest, AFaultOfTheLogicalUnitHasItsScope) {
  world_.Elapse(1);
  world_.Story();
  world_.Behave(0, Sense(3, 0x11, 0x00));
  world_.Elapse(5'000);
  EXPECT_EQ(world_.Story(), "5001 path 0: up -> down lu\n");
}

TEST_F(CoreTest, AfterAUnitAttentionTheIdentityIsReadAndThePathCheckedAtOnce) {
  world_.Elapse(1'000);
  world_.Trace();
  world_.Behave(0, Sense(6, 0x29, 0x00));
  world_.Elapse(4'000);
  world_.Behave(0, Good());
  world_.Elapse(3);
  EXPECT_EQ(world_.Trace(), "5000 check 0\n5001 inquiry 0\n5002 check 0\n");
  EXPECT_FALSE(world_.core().path(0).standing.unconfirmed);
}

TEST_F(CoreTest, WhileRetryingTheStateStaysAndIsUnconfirmed) {
  world_.Elapse(1'000);
  world_.Behave(0, HostStatus(0x07));
  world_.Elapse(4'050);
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_TRUE(world_.core().path(0).standing.unconfirmed);
  EXPECT_EQ(world_.core().path(0).standing.reason.code.host_status, 0x07);
}

TEST_F(CoreTest, SixTransientRepliesInARowAreDown) {
  world_.Elapse(1'000);
  world_.Trace();
  world_.Behave(0, HostStatus(0x07));
  world_.Elapse(5'000);
  EXPECT_EQ(world_.Trace(),
            "5000 check 0\n5101 check 0\n5202 check 0\n5303 check 0\n5404 check 0\n5505 check 0\n"
            "5506 path 0: up -> down\n");
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kExhausted);
}

TEST_F(CoreTest, APatientRetryIsDownAfterSixChecks) {
  world_.Elapse(1'000);
  world_.Story();
  world_.Behave(0, HostStatus(0x0e));
  world_.Elapse(11'000);
  EXPECT_EQ(world_.Story(), "10006 path 0: up -> down\n");
  EXPECT_EQ(Gaps(world_.ChecksOf(0)), (Times{5000, 1001, 1001, 1001, 1001, 1001}));
}

TEST_F(CoreTest, AFullQueueIsNeverAPathsFault) {
  world_.Elapse(1'000);
  world_.Story();
  for (const Behaviour& busy : {Status(0x08), Status(0x28), Errno(EAGAIN), Errno(ENOMEM)}) {
    world_.Behave(0, busy);
    world_.Elapse(60'000);
    EXPECT_EQ(world_.Story(), "");
    EXPECT_TRUE(world_.core().path(0).standing.unconfirmed);
  }
}

TEST_F(CoreTest, AReplyWithoutMeaningKeepsTheState) {
  world_.Elapse(1'000);
  world_.Story();
  world_.Behave(0, Errno(EPERM));
  world_.Elapse(10'000);
  EXPECT_EQ(world_.Story(), "");
  EXPECT_EQ(world_.core().path(0).standing.reason.code.error, EPERM);
  EXPECT_TRUE(world_.core().path(0).standing.unconfirmed);
}

TEST_F(CoreTest, ANodeThatCannotBeOpenedLeavesTheStateUnknownWithTheReason) {
  World world;
  world.Host(0, 1024);
  Behaviour closed = Errno(EACCES);
  closed.can_open = false;
  world.Behave(0, closed);
  world.Path(0, {});
  world.Elapse(6'000);
  EXPECT_EQ(world.state(0), State::kUnknown);
  EXPECT_EQ(world.core().path(0).standing.reason.kind, ReasonKind::kNoNode);
  EXPECT_EQ(world.core().path(0).standing.reason.code.error, EACCES);
  EXPECT_EQ(world.core().path(0).last_done_ns, 0);
}

TEST_F(CoreTest, ADeviceThatIsGoneAsksForARescan) {
  world_.Elapse(1'000);
  world_.Story();
  world_.Behave(0, Errno(ENODEV));
  world_.Elapse(5'000);
  EXPECT_EQ(world_.Story(), "5001 path 0: up -> down\n5001 rescan 0\n");
}

TEST_F(CoreTest, AfterKernelTimeoutsTheOnlyPathIsAskedAtLeastEvery20Seconds) {
  world_.Elapse(1'000);
  world_.ChecksOf(0);
  world_.Behave(0, HostStatus(0x03));
  world_.Elapse(65'000);
  EXPECT_EQ(Gaps(world_.ChecksOf(0)), (Times{5001, 10001, 20001, 20001}));
}

TEST_F(CoreTest, AfterKernelTimeoutsAPathWithAHealthySiblingIsAskedLessAndLess) {
  AddHealthySibling();
  world_.Elapse(1'000);
  world_.ChecksOf(0);
  world_.Behave(0, HostStatus(0x03));
  world_.Elapse(520'000);
  EXPECT_EQ(Gaps(world_.ChecksOf(0)),
            (Times{5001, 10001, 20001, 40001, 80001, 120001, 120001, 120001}));
}

TEST_F(CoreTest, WhatIsKnownOfAPathThatIsAskedLessAndLessIsGoodUntilTheNextCheck) {
  AddHealthySibling();
  world_.Elapse(1'000);
  world_.Behave(0, HostStatus(0x03));
  for (int second = 0; second < 520; ++second) {
    world_.Elapse(1'000);
    ASSERT_GE(world_.core().path(0).valid_until_ns, world_.now_ms() * kMillisecond) << second;
  }
  // And not much longer: the pause and the deadline.
  EXPECT_LE(world_.core().path(0).valid_until_ns, (world_.now_ms() + 125'100) * kMillisecond);
}

TEST_F(CoreTest, LosingTheLastUsablePathShortensTheBackOffs) {
  AddHealthySibling();
  world_.Elapse(1'000);
  world_.Behave(0, HostStatus(0x03));
  world_.Elapse(300'000);
  world_.ChecksOf(0);
  world_.Behave(1, HostStatus(0x01));
  world_.Elapse(28'000);  // at most one interval until the loss is seen, then 20 s
  EXPECT_GE(world_.ChecksOf(0).size(), 1u);
}

TEST_F(CoreTest, ASiblingThatComesBackEndsTheBackOff) {
  AddHealthySibling();
  world_.Behave(0, HostStatus(0x03));
  world_.Behave(1, HostStatus(0x01));
  world_.Elapse(120'000);
  world_.Behave(1, Good());
  world_.Behave(0, Good());
  world_.Trace();
  world_.Elapse(5'100);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(CoreTest, CheckNowDoesNotWaitForTheInterval) {
  world_.Elapse(1'000);
  world_.Trace();
  world_.Now(0);
  world_.Elapse(1);
  EXPECT_EQ(world_.Trace(), "1000 check 0\n");
}

TEST_F(CoreTest, CheckNowEndsABackOff) {
  AddHealthySibling();
  world_.Behave(0, HostStatus(0x03));
  world_.Elapse(300'000);
  world_.Behave(0, Good());
  world_.Trace();
  world_.Now(0);
  world_.Elapse(1);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(CoreTest, CheckNowWithACommandOutChecksAgainWhenItIsBack) {
  world_.Elapse(4'000);
  world_.Behave(0, Good(500));
  world_.Elapse(1'100);
  world_.Trace();
  world_.Now(0);
  world_.Elapse(500);
  EXPECT_EQ(world_.Trace(), "5500 check 0\n");
}

TEST_F(CoreTest, APathThatAnswersAfterAllIsNotWithoutAnswer) {
  world_.Elapse(1'000);
  world_.Behave(0, Silent());
  world_.Elapse(10'000);
  ASSERT_EQ(world_.state(0), State::kNoAnswer);
  world_.Behave(0, Sense(5, 0x24, 0x00));  // says nothing about the path
  world_.Return(0, Sense(5, 0x24, 0x00));
  EXPECT_EQ(world_.state(0), State::kUnknown);
  world_.Elapse(20'000);
  EXPECT_EQ(world_.state(0), State::kUnknown);
}

TEST_F(CoreTest, ADeletedDeviceWithACommandOutComesBackAsTheSamePath) {
  world_.Behave(0, Silent());
  world_.Now(0);
  world_.Elapse(6'000);  // the first check was good, the second is out
  world_.Story();
  world_.Gone(0);
  world_.Elapse(1'000);
  world_.Behave(0, Good());
  world_.Path(0, {});
  world_.Elapse(10);
  // The reply of the old device's command must not be taken for one of the new device.
  world_.Return(0, HostStatus(0x01));
  world_.Elapse(10'000);
  EXPECT_EQ(world_.Story(),
            "6000 path 0: no_answer -> removed\n"
            "7000 path 0: removed -> unknown\n"
            "7001 path 0: unknown -> up\n");
  EXPECT_EQ(world_.core().nexus_commands_out(0), 0u);
  EXPECT_EQ(world_.core().counts()[static_cast<std::size_t>(State::kRemoved)], 0u);
}

TEST_F(CoreTest, ARemovedPathIsNotCheckedAndForgottenAfterADay) {
  world_.Elapse(1'000);
  world_.Trace();
  world_.Gone(0);
  world_.Gone(0);
  world_.Now(0);
  world_.Elapse(24 * 3'600'000);
  EXPECT_EQ(world_.Trace(), "1000 path 0: up -> removed\n86401000 forget 0\n");
}

TEST(RemovedTest, TheOldestAreForgottenWhenThereAreTooMany) {
  Options options = Unrefreshed();
  options.removed_max = 2;
  World world(options);
  world.Host(0, 1024);
  for (PathId path = 0; path < 4; ++path) world.Path(path, {.lun = path});
  world.Elapse(1'000);
  world.Story();
  world.Gone(0);
  world.Elapse(1);
  world.Path(0, {.lun = 0});  // back: no longer a candidate for what was said before
  world.Elapse(1);
  for (const PathId path : {1, 2, 0, 3}) world.Gone(path);
  EXPECT_EQ(world.Story(),
            "1000 path 0: up -> removed\n1001 path 0: removed -> unknown\n"
            "1002 path 0: unknown -> up\n"
            "1002 path 1: up -> removed\n1002 path 2: up -> removed\n"
            "1002 path 0: up -> removed\n1002 forget 1\n"
            "1002 path 3: up -> removed\n1002 forget 2\n");
}

TEST(RestoredTest, ACarriedOverStateIsUnconfirmedUntilTheFirstCheck) {
  World world;
  world.Host(0, 1024);
  Standing before;
  before.state = State::kGhost;
  before.since_ns = -5 * kSecond;
  world.Behave(0, Sense(2, 0x04, 0x0b));
  world.Path(0, {}, before);
  EXPECT_EQ(world.state(0), State::kGhost);
  EXPECT_TRUE(world.core().path(0).standing.unconfirmed);
  EXPECT_EQ(world.core().path(0).valid_until_ns, 0);
  world.Elapse(2);
  EXPECT_FALSE(world.core().path(0).standing.unconfirmed);
  EXPECT_EQ(world.core().path(0).standing.since_ns, -5 * kSecond);
  EXPECT_EQ(world.Story(), "");
}

TEST(PropertyTest, RandomFaultsNeverBreakTheLimitsAndHealCompletely) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  constexpr PathId kPaths = 120;
  World world;
  for (HostId host = 0; host < 3; ++host) world.Host(host, host == 0 ? 16 : 192);
  std::vector<bool> there(kPaths, true);
  const auto place = [](PathId path) {
    return World::Place{.nexus = path % 6, .lun = path / 2, .host = path % 3};
  };
  for (PathId path = 0; path < kPaths; ++path) world.Path(path, place(path));
  const std::vector<Behaviour> kinds = {Good(),           Good(50),         Good(6'000),
                                        Good(31'000),     HostStatus(0x03), HostStatus(0x01),
                                        HostStatus(0x07), HostStatus(0x0e), Sense(6, 0x2a, 0x06),
                                        Status(0x08),     Errno(ENODEV),    Sense(2, 0x04, 0x0a)};
  for (int turn = 0; turn < 400; ++turn) {
    const PathId path = random() % kPaths;
    switch (random() % 8) {
      case 0:
        if (there[path]) world.Gone(path);
        there[path] = false;
        break;
      case 1:
        if (!there[path]) world.Path(path, place(path));
        there[path] = true;
        break;
      case 2:
        if (there[path]) world.Now(path);
        break;
      default:
        world.Behave(path, kinds[random() % kinds.size()]);
    }
    world.Elapse(random() % 2'000);
    std::uint32_t counted = 0;
    for (const std::uint32_t count : world.core().counts()) counted += count;
    ASSERT_EQ(counted, kPaths);
  }
  EXPECT_LE(world.worst_host_out(0), 8u);  // never more than half of its 16 tags
  EXPECT_LE(world.worst_host_out(1), 96u);

  for (PathId path = 0; path < kPaths; ++path) {
    world.Behave(path, Good());
    if (!there[path]) world.Path(path, place(path));
  }
  world.Elapse(40'000);  // the slowest command out, and the longest back-off of a lost unit
  world.Elapse(120'000);
  EXPECT_EQ(world.core().counts()[static_cast<std::size_t>(State::kUp)], kPaths) << world.Story();
}

}  // namespace
}  // namespace pathwatch::health
