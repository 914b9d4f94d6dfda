// What the kernel knows of a path's transport keeps commands back.
#include "gtest/gtest.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

class TransportTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Host(0, 1024);
    world_.Path(0, {});
    world_.Elapse(4'000);
    ASSERT_EQ(world_.state(0), State::kUp);
    world_.Trace();
    world_.Story();
  }
  // The path fails once, and the kernel has an opinion from then on.
  void Fail(DeviceCondition condition) {
    world_.Behave(0, HostStatus(0x0E));
    world_.Transport(0, condition);
    world_.Now(0);
    world_.Elapse(10);
    world_.Trace();
    world_.Behave(0, Good());
  }

  World world_;
};

TEST_F(TransportTest, APathThatIsWellIsCheckedWithoutALook) {
  world_.Transport(0, DeviceCondition::kBlocked);
  world_.Elapse(10'000);
  EXPECT_EQ(world_.ChecksOf(0).size(), 3u);
  EXPECT_EQ(world_.core().counters().deferred_by_transport, 0u);
}

TEST_F(TransportTest, NothingIsSentToABlockedDeviceThatHadFailed) {
  Fail(DeviceCondition::kBlocked);
  world_.Elapse(20'000);
  EXPECT_EQ(world_.Trace(), "9001 path 0: up -> no_answer nexus\n");
  EXPECT_GE(world_.core().counters().deferred_by_transport, 10u);
  const Standing& standing = world_.core().path(0).standing;
  EXPECT_EQ(standing.reason.kind, ReasonKind::kTransportBlocked);
  EXPECT_EQ(standing.unanswered_since_ns, 4'001 * kMillisecond);
  world_.Transport(0, DeviceCondition::kReady);
  world_.Elapse(1'100);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(TransportTest, AShortBlockChangesNoState) {
  Fail(DeviceCondition::kBlocked);
  world_.Elapse(3'000);
  EXPECT_TRUE(world_.core().path(0).standing.unconfirmed);
  world_.Transport(0, DeviceCondition::kReady);
  world_.Elapse(2'000);
  EXPECT_EQ(world_.Story(), "");
  EXPECT_FALSE(world_.core().path(0).standing.unconfirmed);
}

TEST_F(TransportTest, APortThatWasGivenUpIsDownForItsWholeNexus) {
  Fail(DeviceCondition::kTransportOffline);
  EXPECT_EQ(world_.Story(), "4001 path 0: up -> down nexus\n");
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kTransportOffline);
  world_.Elapse(10'000);
  EXPECT_EQ(world_.Trace(), "");
  world_.Transport(0, DeviceCondition::kReady);
  world_.Elapse(1'100);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(TransportTest, AnOfflineDeviceIsDownAndLookedAtOncePerInterval) {
  Fail(DeviceCondition::kOffline);
  EXPECT_EQ(world_.Story(), "4001 path 0: up -> down\n");
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kDeviceOffline);
  world_.Transport(0, DeviceCondition::kReady);
  world_.Elapse(5'100);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(TransportTest, AFoundDeviceThatIsHeldBackGetsNoCommand) {
  world_.Transport(1, DeviceCondition::kTransportOffline);
  world_.Path(1, {.nexus = 1, .lun = 1});
  world_.Elapse(900);
  EXPECT_EQ(world_.Trace(), "4000 path 1: unknown -> down nexus\n");
}

TEST_F(TransportTest, ADeviceThatIsGoneAsksForAScan) {
  Fail(DeviceCondition::kGone);
  world_.Elapse(1'100);
  EXPECT_NE(world_.Trace().find("rescan 0"), std::string::npos);
}

TEST_F(TransportTest, ACheckThatSomebodyAsksForWaitsTooWhileTheKernelHoldsItBack) {
  Fail(DeviceCondition::kBlocked);
  world_.Now(0);
  world_.Elapse(100);
  EXPECT_EQ(world_.Trace(), "");
}

}  // namespace
}  // namespace pathwatch::health
