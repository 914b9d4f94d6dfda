#include "lib/ring/signals.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

class SignalSourceTest : public testing::TestWithParam<Loop::Setup> {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<SignalSource>> source = SignalSource::Create(
        *loop_, std::array{SIGUSR1, SIGUSR2}, [this](int number) { seen_.push_back(number); });
    ASSERT_TRUE(source.ok()) << source.status();
    source_ = *std::move(source);
  }
  bool Saw(std::size_t count) {
    return RunUntil(*loop_, [&] { return seen_.size() >= count; });
  }

  std::vector<int> seen_;
  std::unique_ptr<SignalSource> source_;
  std::unique_ptr<Loop> loop_ = MakeLoop({.entries = 64, .first_setup = GetParam()});
};

INSTANTIATE_TEST_SUITE_P(Setups, SignalSourceTest,
                         testing::Values(Loop::Setup::kDeferred, Loop::Setup::kPlain));

TEST_P(SignalSourceTest, SignalArrivesAsACallbackWithItsNumber) {
  ASSERT_EQ(::kill(::getpid(), SIGUSR1), 0);
  EXPECT_TRUE(seen_.empty());
  ASSERT_TRUE(Saw(1));
  EXPECT_EQ(seen_, (std::vector<int>{SIGUSR1}));
}

TEST_P(SignalSourceTest, SignalsKeepArriving) {
  for (std::size_t i = 1; i <= 5; ++i) {
    ASSERT_EQ(::kill(::getpid(), SIGUSR2), 0);
    ASSERT_TRUE(Saw(i));
  }
  EXPECT_EQ(seen_, std::vector<int>(5, SIGUSR2));
}

TEST_P(SignalSourceTest, SignalWakesASleepingLoop) {
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  TimerOutcome timer;
  timer.then = [] { ::kill(::getpid(), SIGUSR1); };
  loop_->Arm(timer.timer, loop_->clock_ns() + kMillisecond);
  ASSERT_TRUE(Saw(1));
}

TEST_P(SignalSourceTest, DifferentSignalsThatArriveTogetherAreAllSeen) {
  ASSERT_EQ(::kill(::getpid(), SIGUSR1), 0);
  ASSERT_EQ(::kill(::getpid(), SIGUSR2), 0);
  ASSERT_TRUE(Saw(2));
  std::sort(seen_.begin(), seen_.end());
  EXPECT_EQ(seen_, (std::vector<int>{SIGUSR1, SIGUSR2}));
}

TEST_P(SignalSourceTest, SignalDuringTheEndOfTheProgramIsHarmless) {
  loop_.reset();
  source_.reset();
  ASSERT_EQ(::kill(::getpid(), SIGUSR1), 0);
  // Take it away from the tests that follow.
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  const timespec at_once = {};
  EXPECT_EQ(::sigtimedwait(&set, nullptr, &at_once), SIGUSR1);
}

}  // namespace
}  // namespace pathwatch::ring
