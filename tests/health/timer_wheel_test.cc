#include "lib/health/timer_wheel.h"

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace pathwatch::health {
namespace {

using Ids = std::vector<std::uint32_t>;

Ids Expired(TimerWheel& wheel, TimeNs now_ns) {
  Ids expired;
  wheel.Advance(now_ns, expired);
  return expired;
}

TEST(TimerWheelTest, NothingSetNeverWakes) {
  TimerWheel wheel;
  EXPECT_EQ(wheel.NextWake(), kNever);
  EXPECT_EQ(Expired(wheel, kHour), Ids{});
}

TEST(TimerWheelTest, ExpiresAtItsTickAndNotBefore) {
  TimerWheel wheel;
  wheel.Set(7, 100 * kMillisecond);
  EXPECT_EQ(wheel.NextWake(), 100 * kMillisecond);
  EXPECT_EQ(Expired(wheel, 100 * kMillisecond - 1), Ids{});
  EXPECT_EQ(Expired(wheel, 100 * kMillisecond), Ids{7});
  EXPECT_EQ(wheel.NextWake(), kNever);
}

TEST(TimerWheelTest, ATimeBetweenTicksIsRoundedUp) {
  TimerWheel wheel;
  wheel.Set(0, 100 * kMillisecond + 1);
  EXPECT_EQ(Expired(wheel, 100 * kMillisecond + 2), Ids{});
  EXPECT_EQ(Expired(wheel, 101 * kMillisecond), Ids{0});
}

TEST(TimerWheelTest, SettingAgainReplacesTheEarlierTime) {
  TimerWheel wheel;
  wheel.Set(0, 10 * kMillisecond);
  wheel.Set(0, 20 * kMillisecond);
  EXPECT_EQ(Expired(wheel, 10 * kMillisecond), Ids{});
  EXPECT_EQ(Expired(wheel, 20 * kMillisecond), Ids{0});
}

TEST(TimerWheelTest, AClearedTimerStaysSilent) {
  TimerWheel wheel;
  wheel.Set(3, 10 * kMillisecond);
  wheel.Clear(3);
  wheel.Clear(3);
  wheel.Clear(99);
  EXPECT_EQ(Expired(wheel, kSecond), Ids{});
}

TEST(TimerWheelTest, SameTickKeepsTheOrderOfSettingAcrossLevels) {
  TimerWheel wheel;
  wheel.Set(2, 5 * kSecond);  // waits in a higher level
  EXPECT_EQ(Expired(wheel, 4'900 * kMillisecond), Ids{});
  wheel.Set(1, 5 * kSecond);
  EXPECT_EQ(Expired(wheel, 5 * kSecond), (Ids{2, 1}));
}

TEST(TimerWheelTest, ATimeInThePastExpiresWithTheNextTick) {
  TimerWheel wheel;
  Expired(wheel, kSecond);
  wheel.Set(0, 10 * kMillisecond);
  EXPECT_EQ(Expired(wheel, kSecond + kMillisecond), Ids{0});
}

TEST(TimerWheelTest, TimersAcrossEveryByteBoundaryAreExact) {
  // 2^32 ms is 49.7 days of uptime: a boundary that long-running hosts really cross.
  for (const std::uint64_t boundary : {std::uint64_t{1} << 8, std::uint64_t{1} << 16,
                                       std::uint64_t{1} << 24, std::uint64_t{1} << 32}) {
    TimerWheel wheel;
    const auto at = static_cast<TimeNs>(boundary) * kMillisecond;
    Expired(wheel, at - 3 * kMillisecond);
    wheel.Set(0, at - kMillisecond);
    wheel.Set(1, at);
    wheel.Set(2, at + kMillisecond);
    EXPECT_EQ(Expired(wheel, at - kMillisecond), Ids{0}) << boundary;
    EXPECT_EQ(Expired(wheel, at), Ids{1}) << boundary;
    EXPECT_EQ(Expired(wheel, at + kMillisecond), Ids{2}) << boundary;
  }
}

TEST(TimerWheelTest, RandomTimersExpireAsInASortedMap) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  TimerWheel wheel;
  std::map<std::uint32_t, TimeNs> model;
  TimeNs now = static_cast<TimeNs>(random() % 1'000'000) * kMillisecond;
  Expired(wheel, now);
  for (int turn = 0; turn < 5'000; ++turn) {
    const auto id = static_cast<std::uint32_t>(random() % 200);
    if (random() % 4 == 0) {
      wheel.Clear(id);
      model.erase(id);
    } else {
      const int magnitude = static_cast<int>(random() % 24);
      const TimeNs when =
          now + kMillisecond + static_cast<TimeNs>(random() % (1u << magnitude)) * kMillisecond;
      wheel.Set(id, when);
      model[id] = when;
    }
    now += static_cast<TimeNs>(random() % 300) * kMillisecond;
    Ids expected;
    TimeNs earliest = kNever;
    for (const auto& [entry, when] : model) {
      if (when <= now) {
        expected.push_back(entry);
      } else {
        earliest = std::min(earliest, when);
      }
    }
    Ids expired = Expired(wheel, now);
    std::sort(expired.begin(), expired.end());
    ASSERT_EQ(expired, expected);
    for (const std::uint32_t entry : expected) model.erase(entry);
    ASSERT_LE(wheel.NextWake(), earliest);
  }
}

}  // namespace
}  // namespace pathwatch::health
