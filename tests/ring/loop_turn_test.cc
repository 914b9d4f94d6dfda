// What one turn of the loop does, in which order, and when it sleeps.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/time.h>

#include <string>
#include <vector>

#include "lib/ring/loop.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

class LoopTurnTest : public testing::Test {
 protected:
  // `count` reads that complete in the next turn; `each` runs in their callbacks.
  void StartReadyReads(std::size_t count, const std::function<void()>& each) {
    pipe_.Put(std::string(count, 'x'));
    reads_ = std::vector<Outcome>(count);
    for (Outcome& read : reads_) {
      read.then = each;
      loop_->Read(pipe_.reader, Writable(buffer_), read.done);
    }
  }
  bool RunUntilCalled(std::size_t count) {
    return RunUntil(*loop_, [&] { return loop_->statistics().completions >= count; });
  }

  Pipe pipe_;
  Pipe quiet_;
  std::string buffer_ = " ";
  std::vector<Outcome> reads_;
  TimerOutcome timer_;
  std::unique_ptr<Loop> loop_ = MakeLoop();
};

TEST_F(LoopTurnTest, TimeIsFrozenInATurn) {
  std::vector<TimeNs> times;
  const auto spin_and_look = [&] {
    Spin(*loop_, kMillisecond);
    times.push_back(loop_->now_ns());
  };
  StartReadyReads(2, spin_and_look);
  timer_.then = spin_and_look;
  loop_->Arm(timer_.timer, 0);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  const TimeNs now = loop_->now_ns();
  EXPECT_EQ(times, (std::vector<TimeNs>{now, now, now}));
  EXPECT_EQ(timer_.times, (std::vector<TimeNs>{now}));
  EXPECT_GE(loop_->clock_ns(), now + 3 * kMillisecond);
}

TEST_F(LoopTurnTest, TimeOfATurnIsTakenAfterItsSleep) {
  const TimeNs until = loop_->clock_ns() + 10 * kMillisecond;
  ASSERT_TRUE(loop_->RunOnce(until).ok());
  EXPECT_GE(loop_->now_ns(), until);
}

TEST_F(LoopTurnTest, AnswerThatHasArrivedIsSeenBeforeItsDeadline) {
  std::vector<std::string> order;
  StartReadyReads(1, [&] { order.push_back("answer"); });
  timer_.then = [&] { order.push_back("deadline"); };
  loop_->Arm(timer_.timer, 0);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order, (std::vector<std::string>{"answer", "deadline"}));
}

TEST_F(LoopTurnTest, LongQueueIsCalledInSlicesAndStillBeforeTheDeadline) {
  std::size_t called_before_timer = 0;
  StartReadyReads(20, [&] { Spin(*loop_, kMillisecond); });
  timer_.then = [&] { called_before_timer = loop_->statistics().completions; };
  loop_->Arm(timer_.timer, 0);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  // The clock is read after 8 callbacks, and 8 ms are more than a slice.
  EXPECT_EQ(loop_->statistics().completions, 8U);
  EXPECT_FALSE(timer_.came());
  ASSERT_TRUE(RunUntil(*loop_, [&] { return timer_.came(); }));
  EXPECT_EQ(called_before_timer, 20U);
  EXPECT_EQ(loop_->statistics().turns, 3U);
}

TEST_F(LoopTurnTest, EndlessCompletionsDoNotKeepATimerWaiting) {
  const int zero = ::open("/dev/zero", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(zero, 0);
  std::vector<Outcome> readers(100);
  bool stop = false;
  for (Outcome& reader : readers) {
    reader.then = [&] {
      Spin(*loop_, kMillisecond / 10);
      if (!stop) loop_->Read(zero, Writable(buffer_), reader.done);
    };
    loop_->Read(zero, Writable(buffer_), reader.done);
  }
  loop_->Arm(timer_.timer, 0);
  EXPECT_TRUE(RunUntil(*loop_, [&] { return timer_.came(); }));
  stop = true;
  EXPECT_TRUE(RunUntil(
      *loop_, [&] { return loop_->statistics().completions == loop_->statistics().operations; }));
  ::close(zero);
}

TEST_F(LoopTurnTest, CallbackThatKeepsTheThreadTooLongIsCounted) {
  Outcome pending;
  loop_->Poll(quiet_.reader, POLLIN, pending.done);
  StartReadyReads(1, [&] { Spin(*loop_, Loop::kOutsideRingMax); });
  ASSERT_TRUE(RunUntilCalled(1));
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(loop_->statistics().overruns, 1U);
  EXPECT_GE(loop_->statistics().longest_outside_ns, Loop::kOutsideRingMax);
  loop_.reset();  // before `pending`
}

TEST_F(LoopTurnTest, TimeOutsideTheRingDoesNotCountWhileNothingIsOut) {
  Spin(*loop_, Loop::kOutsideRingMax);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(loop_->statistics().overruns, 0U);
  EXPECT_EQ(loop_->statistics().longest_outside_ns, 0);
}

TEST_F(LoopTurnTest, IdleLoopEntersTheKernelOncePerTimer) {
  Outcome never;
  loop_->Poll(quiet_.reader, POLLIN, never.done);
  std::vector<TimerOutcome> timers(3);
  const TimeNs start = loop_->clock_ns();
  for (std::size_t i = 0; i < timers.size(); ++i) {
    loop_->Arm(timers[i].timer, start + static_cast<TimeNs>(i + 1) * 50 * kMillisecond);
  }
  timers.back().then = [&] { loop_->Stop(); };
  ASSERT_TRUE(loop_->Run().ok());
  EXPECT_EQ(loop_->statistics().timers, 3U);
  EXPECT_LE(loop_->statistics().turns, 3U);
  EXPECT_GE(timers.back().times.front(), start + 150 * kMillisecond);
  loop_.reset();  // before `never`
}

TEST_F(LoopTurnTest, DueTimersRunInTheOrderOfTheirTimes) {
  std::vector<TimeNs> order;
  std::vector<TimerOutcome> timers(5);
  for (const int when : {3, 1, 4, 0, 2}) {
    TimerOutcome& timer = timers[static_cast<std::size_t>(when)];
    timer.then = [&order, when] { order.push_back(when); };
    loop_->Arm(timer.timer, when);
  }
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order, (std::vector<TimeNs>{0, 1, 2, 3, 4}));
}

TEST_F(LoopTurnTest, TimerThatRearmsItselfForThePastRunsOncePerTurnAndStarvesNobody) {
  TimerOutcome other;
  timer_.then = [&] { loop_->Arm(timer_.timer, 0); };
  loop_->Arm(timer_.timer, 0);
  loop_->Arm(other.timer, 1);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(timer_.times.size(), 1U);
  EXPECT_TRUE(other.came());
  ASSERT_TRUE(loop_->RunOnce(Loop::kForever).ok());
  EXPECT_EQ(timer_.times.size(), 2U);
}

TEST_F(LoopTurnTest, DisarmedTimerDoesNotRun) {
  loop_->Arm(timer_.timer, 0);
  loop_->Disarm(timer_.timer);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_FALSE(timer_.came());
}

TEST_F(LoopTurnTest, RunEndsWithTheTurnInWhichItIsStopped) {
  StartReadyReads(3, [&] { loop_->Stop(); });
  ASSERT_TRUE(loop_->Run().ok());
  EXPECT_EQ(loop_->statistics().completions, 3U);
  EXPECT_EQ(loop_->statistics().turns, 1U);
}

TEST_F(LoopTurnTest, StopBeforeRunEndsItAtOnceAndOnlyThatRun) {
  loop_->Stop();
  ASSERT_TRUE(loop_->Run().ok());
  EXPECT_EQ(loop_->statistics().turns, 0U);
  timer_.then = [&] { loop_->Stop(); };
  loop_->Arm(timer_.timer, 0);
  ASSERT_TRUE(loop_->Run().ok());
  EXPECT_TRUE(timer_.came());
}

TEST_F(LoopTurnTest, SignalThatInterruptsTheSleepIsNoError) {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  struct sigaction before = {};
  ASSERT_EQ(::sigaction(SIGALRM, &action, &before), 0);
  const itimerval often = {.it_interval = {.tv_sec = 0, .tv_usec = 10'000},
                           .it_value = {.tv_sec = 0, .tv_usec = 10'000}};
  ASSERT_EQ(::setitimer(ITIMER_REAL, &often, nullptr), 0);
  timer_.then = [&] { loop_->Stop(); };
  loop_->Arm(timer_.timer, loop_->clock_ns() + 200 * kMillisecond);
  EXPECT_TRUE(loop_->Run().ok());
  EXPECT_TRUE(timer_.came());
  EXPECT_GT(loop_->statistics().turns, 1U);
  const itimerval never = {};
  ::setitimer(ITIMER_REAL, &never, nullptr);
  ::sigaction(SIGALRM, &before, nullptr);
}

TEST_F(LoopTurnTest, RunningTheLoopFromACallbackIsABug) {
  const auto run_twice = [] {
    // Only the process that makes a ring can enter it.
    const std::unique_ptr<Loop> loop = MakeLoop();
    TimerOutcome timer;
    timer.then = [&] { (void)loop->RunOnce(0); };
    loop->Arm(timer.timer, 0);
    (void)loop->RunOnce(0);
  };
  EXPECT_DEATH(run_twice(), "pathwatch: bug: a callback runs the loop that calls it");
}

TEST_F(LoopTurnTest, LoopWithoutEntriesIsRefusedInOneSentence) {
  const absl::StatusOr<std::unique_ptr<Loop>> loop = Loop::Create({.entries = 0});
  EXPECT_EQ(loop.status().message(),
            "the kernel refused an io_uring of 0 entries: Invalid argument");
}

}  // namespace
}  // namespace pathwatch::ring
