// Paths that something else than a check casts doubt upon: only a check that was sent afterwards
// confirms their state.
#include <cerrno>
#include <string>

#include "gtest/gtest.h"
#include "tests/health/replies.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

// Path 0 is up and was checked at 0 and at 5000 ms.
class DoubtTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Host(0, 1024);
    world_.Path(0, {});
    world_.Elapse(6'000);
    ASSERT_EQ(world_.state(0), State::kUp);
    ASSERT_FALSE(Unconfirmed());
    world_.Trace();
    world_.Story();
  }
  bool Unconfirmed() const { return world_.core().path(0).standing.unconfirmed; }

  World world_;
};

TEST_F(DoubtTest, ThePathIsCheckedAtOnceAndKeepsItsStateUntilThen) {
  world_.Doubt(0);
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_TRUE(Unconfirmed());
  world_.Elapse(1);
  EXPECT_EQ(world_.Trace(), "6000 check 0\n");
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, AFailingCheckConfirmsTooThatThePathIsDown) {
  world_.Behave(0, HostStatus(0x01));
  world_.Doubt(0);
  world_.Elapse(1);
  EXPECT_EQ(world_.Story(), "6001 path 0: up -> down\n");
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, ACheckThatWasSentBeforeConfirmsNothing) {
  world_.Behave(0, Good(500));
  world_.Now(0);
  world_.Elapse(100);
  world_.Doubt(0);
  world_.Elapse(400);
  EXPECT_EQ(world_.Trace(), "6000 check 0\n6500 check 0\n");
  EXPECT_TRUE(Unconfirmed());
  world_.Elapse(499);
  EXPECT_TRUE(Unconfirmed());
  world_.Elapse(1);
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, ASecondDoubtNeedsACheckOfItsOwn) {
  world_.Behave(0, Good(500));
  world_.Doubt(0);
  world_.Elapse(100);
  world_.Doubt(0);
  world_.Elapse(400);
  EXPECT_TRUE(Unconfirmed());
  world_.Elapse(2'100);
  EXPECT_FALSE(Unconfirmed());
  EXPECT_EQ(world_.Trace(), "6000 check 0\n6500 check 0\n8100 check 0\n");
}

TEST_F(DoubtTest, APathThatKeepsFailingHasToWorkForAWhileBeforeItIsConfirmed) {
  for (int i = 0; i < 3; ++i) {
    world_.Doubt(0);
    world_.Elapse(i == 0 ? 1 : 2'001);
    EXPECT_FALSE(Unconfirmed());
    world_.Elapse(499);
  }
  EXPECT_EQ(world_.Trace(),
            "6000 check 0\n"
            "6500 check 0\n8500 check 0\n"
            "9000 check 0\n11000 check 0\n");
}

TEST_F(DoubtTest, APathThatKeepsFailingIsDownAtOnceWhenItsCheckFails) {
  world_.Doubt(0);
  world_.Elapse(100);
  world_.Behave(0, HostStatus(0x01));
  world_.Doubt(0);
  world_.Elapse(1);
  EXPECT_EQ(world_.state(0), State::kDown);
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, APathThatFailsNowAndThenIsConfirmedAtOnce) {
  for (int i = 0; i < 3; ++i) {
    world_.Doubt(0);
    world_.Elapse(1);
    EXPECT_FALSE(Unconfirmed());
    world_.Elapse(9'999);
  }
}

TEST_F(DoubtTest, RequestsDoNotShortenTheProbation) {
  world_.Doubt(0);
  world_.Elapse(100);
  world_.Doubt(0);
  for (int i = 0; i < 19; ++i) {
    world_.Elapse(100);
    world_.Now(0);
    EXPECT_TRUE(Unconfirmed());
  }
  world_.Elapse(101);
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, ACheckThatComesBackLateConfirmsNothingEither) {
  world_.Behave(0, Silent());
  world_.Now(0);
  world_.Elapse(5'000);
  ASSERT_EQ(world_.state(0), State::kNoAnswer);
  world_.Doubt(0);
  world_.Behave(0, Good(50));
  world_.Return(0, Good());
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_TRUE(Unconfirmed());
  world_.Elapse(50);
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, ACheckThatPassesItsDeadlineConfirmsNothing) {
  world_.Behave(0, Silent());
  world_.Now(0);
  world_.Elapse(1'000);
  world_.Doubt(0);
  world_.Elapse(4'000);
  ASSERT_EQ(world_.state(0), State::kNoAnswer);
  EXPECT_TRUE(Unconfirmed());
}

TEST_F(DoubtTest, TransientRepliesConfirmNothing) {
  world_.Behave(0, Status(0x08));
  world_.Doubt(0);
  world_.Elapse(10'000);
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_TRUE(Unconfirmed());
  world_.Behave(0, Good());
  world_.Elapse(2'000);
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, AReplyThatSaysNothingConfirmsNothing) {
  world_.Behave(0, Errno(EPERM));
  world_.Doubt(0);
  world_.Elapse(2'000);
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_TRUE(Unconfirmed());
}

TEST_F(DoubtTest, AnotherCommandThatIsOutIsNoCheckAndDelaysTheCheckOnly) {
  world_.Behave(0, "inquiry", Good(300));
  world_.Behave(0, Sense(6, 0x3f, 0x03));
  world_.Now(0);
  world_.Elapse(10);  // the identity is being read, for the unit attention
  world_.Behave(0, Good(50));
  world_.Doubt(0);
  world_.Elapse(320);
  EXPECT_TRUE(Unconfirmed());
  world_.Elapse(50);
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_FALSE(Unconfirmed());
}

TEST_F(DoubtTest, EndsABackOff) {
  world_.Behave(0, HostStatus(0x03));
  world_.Elapse(40'000);
  ASSERT_EQ(world_.state(0), State::kDown);
  world_.Story();
  world_.Behave(0, Good());
  world_.Doubt(0);
  world_.Elapse(1);
  EXPECT_EQ(world_.Story(), "46001 path 0: down -> up\n");
}

TEST_F(DoubtTest, OfARemovedPathMeansNothing) {
  world_.Gone(0);
  world_.Trace();
  world_.Doubt(0);
  world_.Elapse(10'000);
  EXPECT_EQ(world_.Trace(), "");
  EXPECT_FALSE(Unconfirmed());
}

TEST(DoubtOfAPathWithGroups, IsNotEndedByWhatTheGroupsSay) {
  World world;
  const auto groups = [](scsi::AccessState state) {
    return Groups({{.id = 1, .port = 1}, {.id = 2, .state = state, .port = 2}});
  };
  world.Host(0, 1024);
  for (const PathId path : {0, 1}) {
    world.Behave(path, "groups", groups(scsi::AccessState::kOptimized));
    world.Path(path, {.nexus = path, .tpgs = 1, .group = static_cast<std::uint16_t>(path + 1)});
  }
  world.Elapse(4'000);
  ASSERT_EQ(world.state(0), State::kUp);
  // Path 1 is doubted and answers slowly; the groups, read through path 0, have changed meanwhile.
  for (const PathId path : {0, 1}) {
    world.Behave(path, "groups", groups(scsi::AccessState::kStandby));
  }
  world.Behave(1, Good(3'000));
  world.Now(1);
  world.Elapse(1);
  world.Doubt(1);
  world.Behave(0, Sense(6, 0x2a, 0x06));
  world.Now(0);
  world.Elapse(5);
  world.Behave(0, Good());
  world.Elapse(500);
  EXPECT_EQ(world.state(1), State::kGhost);
  EXPECT_TRUE(world.core().path(1).standing.unconfirmed);
  world.Elapse(6'000);
  EXPECT_EQ(world.state(1), State::kGhost);
  EXPECT_FALSE(world.core().path(1).standing.unconfirmed);
}

}  // namespace
}  // namespace pathwatch::health
