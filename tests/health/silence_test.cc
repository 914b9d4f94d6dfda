#include <string>

#include "gtest/gtest.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

//   host 0 -- nexus 0 -- paths 0..19   (goes silent)
//          \- nexus 1 -- paths 20..39  (stays well)
class SilenceTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Host(0, 1024);
    for (PathId path = 0; path < 40; ++path) {
      world_.Path(path, {.nexus = path / 20, .lun = path % 20});
    }
    world_.Elapse(10'100);
    world_.Story();
  }
  void Silence() {
    for (PathId path = 0; path < 20; ++path) world_.Behave(path, Silent());
  }
  std::uint32_t CountOn(NexusId nexus, State state) const {
    return world_.core().nexus_counts(nexus)[static_cast<std::size_t>(state)];
  }

  World world_;
};

TEST_F(SilenceTest, FourUnansweredCommandsMakeAllPathsOfTheNexusNoAnswer) {
  Silence();
  world_.Elapse(6'500);
  EXPECT_TRUE(world_.core().nexus_silent(0));
  EXPECT_EQ(CountOn(0, State::kNoAnswer), 20u);
  EXPECT_EQ(CountOn(1, State::kUp), 20u);
  TimeNs oldest = kNever;
  for (PathId path = 0; path < 20; ++path) {
    const PathStatus& status = world_.core().path(path);
    EXPECT_EQ(status.standing.scope, Scope::kNexus) << path;
    oldest = std::min(oldest, status.standing.unanswered_since_ns);
  }
  for (PathId path = 0; path < 20; ++path) {
    const PathStatus& status = world_.core().path(path);
    if (status.standing.reason.kind == ReasonKind::kNexusSilent) {
      EXPECT_EQ(status.standing.unanswered_since_ns, oldest) << path;
    }
  }
}

TEST_F(SilenceTest, AtMostNineCommandsAreOutThere) {
  Silence();
  world_.Elapse(60'000);
  EXPECT_EQ(world_.core().nexus_commands_out(0), 9u);
  EXPECT_EQ(world_.worst_nexus_out(0), 9u);
}

TEST_F(SilenceTest, ThreeDeadLogicalUnitsDoNotSilenceTheNexus) {
  for (const PathId path : {0, 1, 2}) world_.Behave(path, Silent());
  world_.Elapse(60'000);
  EXPECT_FALSE(world_.core().nexus_silent(0));
  EXPECT_EQ(CountOn(0, State::kUp), 17u);
  EXPECT_EQ(CountOn(0, State::kNoAnswer), 3u);
}

TEST_F(SilenceTest, SixDeadLogicalUnitsAmongAnsweringOnesDoNotSilenceTheNexus) {
  for (PathId path = 0; path < 6; ++path) world_.Behave(path, Silent());
  world_.Elapse(60'000);
  EXPECT_FALSE(world_.core().nexus_silent(0));
  EXPECT_EQ(CountOn(0, State::kUp), 14u);
  EXPECT_EQ(CountOn(0, State::kNoAnswer), 6u);
  for (PathId path = 0; path < 6; ++path) {
    EXPECT_EQ(world_.core().path(path).standing.scope, Scope::kPath) << path;
  }
}

TEST_F(SilenceTest, AnAnswerOfTheProbeEndsItAndEveryPathIsCheckedAtOnce) {
  Silence();
  world_.Elapse(20'000);
  world_.Story();
  for (PathId path = 0; path < 20; ++path) world_.Behave(path, Good());
  // Path by path until the probe's reply is among them.
  for (PathId path = 0; path < 20 && world_.core().nexus_silent(0); ++path) {
    const PathStatus& status = world_.core().path(path);
    if (status.standing.reason.kind == ReasonKind::kDeadline) world_.Return(path, Good());
  }
  EXPECT_FALSE(world_.core().nexus_silent(0));
  world_.Elapse(100);
  EXPECT_EQ(CountOn(0, State::kUp) + CountOn(0, State::kNoAnswer), 20u);
  EXPECT_GE(CountOn(0, State::kUp), 12u);
}

TEST_F(SilenceTest, APathFoundLaterOnASilentNexusWaitsForTheProbe) {
  Silence();
  world_.Elapse(20'000);
  world_.Path(40, {.nexus = 0, .lun = 40});
  world_.Elapse(20'000);
  EXPECT_TRUE(world_.ChecksOf(40).empty());
  EXPECT_EQ(world_.core().nexus_commands_out(0), 9u);
}

TEST_F(SilenceTest, DeletingDevicesWithCommandsOutDoesNotSilenceTheNexus) {
  for (PathId path = 0; path < 6; ++path) world_.Behave(path, Silent());
  world_.Elapse(4'990);  // all six are out, none of them up to its deadline
  for (PathId path = 0; path < 6; ++path) world_.Gone(path);
  world_.Elapse(60'000);
  EXPECT_FALSE(world_.core().nexus_silent(0));
  EXPECT_EQ(CountOn(0, State::kUp), 14u);
  for (PathId path = 0; path < 6; ++path) world_.Return(path, Errno(19));
  EXPECT_EQ(world_.core().nexus_commands_out(0), 0u);
}

}  // namespace
}  // namespace pathwatch::health
