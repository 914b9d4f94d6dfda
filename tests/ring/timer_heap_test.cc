#include "lib/ring/timer_heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

namespace pathwatch::ring {
namespace {

struct Named {
  Named(int name, std::vector<int>& log) : name(name), log(log) {}
  void OnTimer(TimeNs) { log.push_back(name); }

  int name;
  std::vector<int>& log;
  BoundTimer<Named, &Named::OnTimer> timer{*this};
};

class TimerHeapTest : public testing::Test {
 protected:
  // Owned here so that addresses stay.
  Named& Make(int name) {
    timers_.push_back(std::make_unique<Named>(name, log_));
    return *timers_.back();
  }
  std::vector<int> RunAll() {
    while (!heap_.empty()) heap_.RunFirst(heap_.first_ns());
    return std::exchange(log_, {});
  }

  TimerHeap heap_;
  std::vector<int> log_;
  std::vector<std::unique_ptr<Named>> timers_;
};

TEST_F(TimerHeapTest, TimersRunInTheOrderOfTheirTimes) {
  for (const int when : {50, 10, 40, 20, 30}) heap_.Arm(Make(when).timer, when);
  EXPECT_EQ(heap_.first_ns(), 10);
  EXPECT_EQ(RunAll(), (std::vector<int>{10, 20, 30, 40, 50}));
}

TEST_F(TimerHeapTest, TimersOfTheSameTimeRunInTheOrderOfArming) {
  std::vector<int> expected;
  for (int i = 0; i < 100; ++i) {
    heap_.Arm(Make(i).timer, 7);
    expected.push_back(i);
  }
  EXPECT_EQ(RunAll(), expected);
}

TEST_F(TimerHeapTest, RearmingMovesATimerBehindThoseOfTheSameTime) {
  Named& first = Make(1);
  heap_.Arm(first.timer, 5);
  heap_.Arm(Make(2).timer, 5);
  heap_.Arm(first.timer, 5);
  EXPECT_EQ(RunAll(), (std::vector<int>{2, 1}));
}

TEST_F(TimerHeapTest, RearmingMovesATimerForwardAndBack) {
  Named& moved = Make(1);
  heap_.Arm(moved.timer, 5);
  heap_.Arm(Make(2).timer, 6);
  heap_.Arm(moved.timer, 9);
  EXPECT_EQ(heap_.first_ns(), 6);
  heap_.Arm(moved.timer, 3);
  EXPECT_EQ(heap_.first_ns(), 3);
  EXPECT_EQ(RunAll(), (std::vector<int>{1, 2}));
}

TEST_F(TimerHeapTest, DisarmingAnUnarmedTimerChangesNothing) {
  Named& idle = Make(1);
  heap_.Arm(Make(2).timer, 1);
  heap_.Disarm(idle.timer);
  EXPECT_FALSE(idle.timer.armed());
  EXPECT_EQ(RunAll(), (std::vector<int>{2}));
}

TEST_F(TimerHeapTest, ATimerIsUnarmedOnceItRan) {
  Named& timer = Make(1);
  heap_.Arm(timer.timer, 1);
  EXPECT_TRUE(timer.timer.armed());
  heap_.RunFirst(1);
  EXPECT_FALSE(timer.timer.armed());
  EXPECT_TRUE(heap_.empty());
}

TEST_F(TimerHeapTest, RandomArmingAndDisarmingAgreesWithASortedList) {
  const std::uint32_t seed = 20240607;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 60; ++i) Make(i);
  // (time, order of arming, name)
  std::vector<std::tuple<TimeNs, int, int>> model;
  for (int step = 0; step < 20000; ++step) {
    const int name = static_cast<int>(random() % timers_.size());
    std::erase_if(model, [&](const auto& entry) { return std::get<2>(entry) == name; });
    if (random() % 3 == 0) {
      heap_.Disarm(timers_[static_cast<std::size_t>(name)]->timer);
    } else {
      const TimeNs when = random() % 20;
      heap_.Arm(timers_[static_cast<std::size_t>(name)]->timer, when);
      model.emplace_back(when, step, name);
    }
    ASSERT_EQ(heap_.empty(), model.empty());
    if (step % 100 != 99) continue;
    std::sort(model.begin(), model.end());
    std::vector<int> expected;
    for (const auto& [when, order, timer] : model) expected.push_back(timer);
    model.clear();
    ASSERT_EQ(RunAll(), expected) << "step " << step;
  }
}

}  // namespace
}  // namespace pathwatch::ring
