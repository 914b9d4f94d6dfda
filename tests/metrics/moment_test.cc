#include "lib/metrics/moment.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace pathwatch::metrics {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;

// A thousand seconds after the boot.
constexpr Moment kNow = {1'000 * kSecond, 1'795'336'285'500 * kMillisecond};

TEST(MomentTest, TimesAreMovedToTheEpoch) {
  EXPECT_EQ(EpochSeconds(1'000 * kSecond, kNow), 1'795'336'285.5);
  EXPECT_EQ(EpochSeconds(900 * kSecond + 250 * kMillisecond, kNow), 1'795'336'185.75);
  EXPECT_EQ(EpochSeconds(1'001 * kSecond, kNow), 1'795'336'286.5);
}

TEST(MomentTest, NeverStaysNever) { EXPECT_EQ(EpochSeconds(0, kNow), 0); }

TEST(MomentTest, TimesThatNobodyCanMeanDoNotOverflow) {
  EXPECT_GT(EpochSeconds(INT64_MAX, kNow), 9e9);
  EXPECT_LT(EpochSeconds(INT64_MIN, kNow), 0);
  EXPECT_GT(SecondsSince(INT64_MIN, kNow), 9e9);
}

TEST(MomentTest, AgesAreNeverNegative) {
  EXPECT_EQ(SecondsSince(998 * kSecond, kNow), 2);
  EXPECT_EQ(SecondsSince(1'002 * kSecond, kNow), 0);
}

TEST(MomentTest, ClocksOfTheMachineAreReadInTheirOrder) {
  const Moment first = Now();
  const Moment second = Now();
  EXPECT_GT(first.boottime_ns, 0);
  EXPECT_GE(second.boottime_ns, first.boottime_ns);
}

Moment Later(std::int64_t boottime_ns, std::int64_t realtime_ns) {
  return {kNow.boottime_ns + boottime_ns, kNow.realtime_ns + realtime_ns};
}

TEST(MomentTest, WhatHappenedKeepsItsTimeWhenTheClocksSeemToDiffer) {
  SteadyOffset offset;
  const double started = EpochSeconds(kSecond, offset.Apply(kNow));
  for (const std::int64_t jitter : {1L, -9 * kMillisecond, 10 * kMillisecond}) {
    const Moment later = offset.Apply(Later(15 * kSecond, 15 * kSecond + jitter));
    EXPECT_EQ(later.boottime_ns, kNow.boottime_ns + 15 * kSecond);
    EXPECT_EQ(EpochSeconds(kSecond, later), started);
  }
}

TEST(MomentTest, ClockThatWasSetIsFollowed) {
  SteadyOffset offset;
  const double started = EpochSeconds(kSecond, offset.Apply(kNow));
  EXPECT_EQ(EpochSeconds(kSecond, offset.Apply(Later(kSecond, 61 * kSecond))), started + 60);
  EXPECT_EQ(EpochSeconds(kSecond, offset.Apply(Later(2 * kSecond, -58 * kSecond))), started - 60);
}

}  // namespace
}  // namespace pathwatch::metrics
