// Options and policies that change while paths are watched.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

constexpr PolicyId kArray = 1;

Policy Every(std::int64_t interval_ms) {
  Policy policy = Unrefreshed();
  policy.interval_ns = interval_ms * kMillisecond;
  return policy;
}

class ConfigureTest : public testing::Test {
 protected:
  ConfigureTest() {
    world_.Host(0, 1024);
    world_.Set(kArray, Unrefreshed());
    world_.Path(0, {});
    world_.Path(1, {.lun = 1, .policy = kArray});
    world_.Elapse(60'000);
    world_.Trace();
    world_.Story();
  }

  // The pauses between the checks of the path within the next `ms`, the first one from now.
  std::vector<std::int64_t> Pauses(PathId path, std::int64_t ms) {
    world_.ChecksOf(path);
    std::int64_t last = world_.now_ms();
    world_.Elapse(ms);
    std::vector<std::int64_t> pauses;
    for (const std::int64_t check : world_.ChecksOf(path)) {
      pauses.push_back(check - last);
      last = check;
    }
    return pauses;
  }

  World world_;
};

TEST_F(ConfigureTest, AShorterIntervalCountsAtOnceAndOnlyForThePathsOfThePolicy) {
  world_.Set(kArray, Every(1'000));
  const auto others = Pauses(0, 20'000);
  EXPECT_EQ(others.size(), 4u);
  world_.Set(kArray, Every(500));
  const auto pauses = Pauses(1, 10'000);
  ASSERT_EQ(pauses.size(), 20u);
  EXPECT_LE(pauses[0], 500);
  EXPECT_TRUE(std::all_of(pauses.begin() + 1, pauses.end(), [](auto ms) { return ms == 500; }));
}

TEST_F(ConfigureTest, ALongerIntervalCountsAfterTheCheckThatWasDue) {
  world_.Set(kArray, Every(600'000));
  const auto pauses = Pauses(1, 1'200'000);
  ASSERT_GE(pauses.size(), 2u);
  EXPECT_LE(pauses[0], 5'000);
  EXPECT_EQ(pauses.back(), 600'000);
  EXPECT_GE(world_.core().path(1).valid_until_ns, world_.now_ms() * kMillisecond);
}

TEST_F(ConfigureTest, AnHourIsNotWaitedForWhenTheIntervalBecomesSeconds) {
  world_.Set(kArray, Every(3'600'000));
  world_.Elapse(10'000);
  world_.Set(kArray, Every(2'000));
  const auto pauses = Pauses(1, 10'000);
  ASSERT_EQ(pauses.size(), 5u);
  EXPECT_LE(pauses[0], 2'000);
}

TEST_F(ConfigureTest, OtherOptionsChangeNoState) {
  world_.Behave(0, Sense(2, 0x04, 0x0b));
  world_.Elapse(5'010);
  ASSERT_EQ(world_.state(0), State::kGhost);
  world_.Story();
  const Standing before = world_.core().path(0).standing;
  Options options = Unrefreshed();
  options.interval_ns = 7 * kSecond;
  options.deadline_ns = 2 * kSecond;
  options.nexus_commands_max = 3;
  world_.Set(options);
  world_.Set(kArray, Every(300));
  world_.Assign(1, kDefaultPolicy);
  world_.Elapse(60'000);
  EXPECT_EQ(world_.Story(), "");
  EXPECT_EQ(world_.core().path(0).standing, before);
}

TEST_F(ConfigureTest, AnAssignedPolicyCountsForThatPath) {
  world_.Set(kArray, Every(500));
  world_.Assign(0, kArray);
  EXPECT_EQ(Pauses(0, 10'000).size(), 20u);
  world_.Assign(0, kDefaultPolicy);
  EXPECT_LE(Pauses(0, 10'000).size(), 3u);
}

TEST_F(ConfigureTest, AShorterDeadlineEndsTheWaitForACommandThatIsOut) {
  world_.Behave(1, Silent());
  world_.Now(1);
  world_.Elapse(3'000);
  Policy policy = Every(5'000);
  policy.deadline_ns = 2 * kSecond;
  world_.Set(kArray, policy);
  world_.Elapse(1);
  EXPECT_EQ(world_.Story(), "63000 path 1: up -> no_answer\n");
}

TEST_F(ConfigureTest, ALongerDeadlineIsGivenToACommandThatIsOut) {
  world_.Behave(1, Silent());
  world_.Now(1);
  world_.Elapse(3'000);
  Policy policy = Every(5'000);
  policy.deadline_ns = 20 * kSecond;
  world_.Set(kArray, policy);
  world_.Elapse(16'999);
  EXPECT_EQ(world_.Story(), "");
  world_.Elapse(1);
  EXPECT_EQ(world_.Story(), "80000 path 1: up -> no_answer\n");
}

TEST_F(ConfigureTest, ABackOffGoesOn) {
  world_.Path(2, {.nexus = 1, .lun = 1, .policy = kArray});  // its LU has a path besides
  world_.Behave(1, HostStatus(0x03));                        // DID_TIME_OUT
  world_.Elapse(60'000);
  world_.ChecksOf(1);
  world_.Set(kArray, Every(1'000));
  world_.Elapse(10'000);
  EXPECT_LE(world_.ChecksOf(1).size(), 1u);
}

TEST_F(ConfigureTest, TheKernelsTimeoutIsTheDevicesOwnWithinThePolicysBounds) {
  world_.Now(1);
  world_.Elapse(10);
  EXPECT_EQ(world_.timeout_ms(1), 30'000u);
  Policy policy = Every(5'000);
  policy.command_timeout_min_ms = 45'000;
  world_.Set(kArray, policy);
  world_.Now(1);
  world_.Elapse(10);
  EXPECT_EQ(world_.timeout_ms(1), 45'000u);
  policy.command_timeout_min_ms = 10'000;
  policy.command_timeout_max_ms = 20'000;
  world_.Set(kArray, policy);
  world_.Now(1);
  world_.Elapse(10);
  EXPECT_EQ(world_.timeout_ms(1), 20'000u);
}

TEST_F(ConfigureTest, ARefreshThatWasOffBeginsAndOneThatWasOnEnds) {
  Policy policy = Every(5'000);
  policy.refresh_ns = 10 * kSecond;
  world_.Set(kArray, policy);
  world_.Elapse(60'000);
  EXPECT_NE(world_.Trace().find("inquiry 1"), std::string::npos);
  policy.refresh_ns = 0;
  world_.Set(kArray, policy);
  world_.Elapse(60'000);
  const std::string after = world_.Trace();
  EXPECT_EQ(after.find("inquiry"), std::string::npos) << after;
}

TEST_F(ConfigureTest, TheRefreshOfALogicalUnitOutlivesThePathThatHadNone) {
  Policy policy = Every(5'000);
  policy.refresh_ns = 10 * kSecond;
  world_.Set(2, policy);
  world_.Path(2, {.nexus = 1, .lun = 0, .policy = 2});
  world_.Elapse(1'000);
  world_.Gone(0);
  world_.Trace();
  world_.Elapse(30'000);
  EXPECT_NE(world_.Trace().find("inquiry 2"), std::string::npos);
}

TEST_F(ConfigureTest, RepliesThatAskForPatienceGetAsMuchAsThePolicyHas) {
  Policy policy = Every(60'000);
  policy.retry_later_max = 2;
  policy.retry_later_pause_ns = 3 * kSecond;
  world_.Set(kArray, policy);
  world_.Behave(1, Sense(2, 0x04, 0x05));  // being rebuilt
  world_.Now(1);
  world_.Elapse(2'900);
  EXPECT_EQ(world_.state(1), State::kUp);
  world_.Elapse(200);
  EXPECT_EQ(world_.state(1), State::kDown);
}

TEST_F(ConfigureTest, MoreCommandsMayBeOutOnANexusAtOnce) {
  Options options = Unrefreshed();
  options.nexus_commands_max = 1;
  world_.Set(options);
  for (PathId path = 10; path < 14; ++path) {
    world_.Behave(path, Good(2'000));
    world_.Path(path, {.nexus = 5, .lun = path});
  }
  EXPECT_EQ(world_.core().nexus_commands_out(5), 1u);
  options.nexus_commands_max = 3;
  world_.Set(options);
  EXPECT_EQ(world_.core().nexus_commands_out(5), 3u);
  options.nexus_commands_max = 1;
  world_.Set(options);
  world_.Elapse(2'001);
  EXPECT_EQ(world_.core().nexus_commands_out(5), 1u);
}

TEST_F(ConfigureTest, MoreCommandsMayBeOutOnAHostAtOnce) {
  Options options = Unrefreshed();
  options.host_commands_max = 1;
  world_.Set(options);
  for (PathId path = 10; path < 14; ++path) {
    world_.Behave(path, Good(2'000));
    world_.Path(path, {.nexus = path, .lun = path});
  }
  EXPECT_EQ(world_.core().host_commands_out(0), 1u);
  options.host_commands_max = 4;
  world_.Set(options);
  EXPECT_EQ(world_.core().host_commands_out(0), 4u);
}

TEST_F(ConfigureTest, RemovedPathsAreKeptForTheTimeThatIsInForceNow) {
  world_.Gone(0, ReasonKind::kLeftOut);
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kLeftOut);
  world_.Elapse(1'000);
  world_.Story();
  Options options = Unrefreshed();
  options.removed_keep_ns = 60 * kSecond;
  world_.Set(options);
  world_.Elapse(58'999);
  EXPECT_EQ(world_.Story(), "");
  world_.Elapse(1);
  EXPECT_EQ(world_.Story(), "120000 forget 0\n");
}

TEST_F(ConfigureTest, FewerRemovedPathsAreKeptAtOnce) {
  world_.Gone(0);
  world_.Gone(1);
  world_.Story();
  Options options = Unrefreshed();
  options.removed_max = 1;
  world_.Set(options);
  EXPECT_EQ(world_.Story(), "60000 forget 0\n");
}

}  // namespace
}  // namespace pathwatch::health
