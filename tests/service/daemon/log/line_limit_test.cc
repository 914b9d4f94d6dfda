#include "service/daemon/log/line_limit.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/health/time.h"

namespace pathwatch::service {
namespace {

using health::kSecond;

constexpr std::int64_t kPeriod = 600 * kSecond;
constexpr std::size_t kAll = 1'000;
constexpr auto kDown = LogCause::kStateDown;
constexpr auto kUp = LogCause::kStateUp;

LogFields About(const std::string& path, LogCause cause) { return {.path = path, .cause = cause}; }

class LineLimitTest : public testing::Test {
 protected:
  LineLimit::Verdict Ask(std::int64_t at_s, const std::string& path, LogCause cause = kDown) {
    return limit_.Ask(LogLevel::kWarn, About(path, cause), at_s * kSecond);
  }
  // How many of `count` are allowed.
  int Allowed(int count, std::int64_t at_s, const std::string& path, LogCause cause = kDown) {
    int allowed = 0;
    for (int i = 0; i < count; ++i) allowed += Ask(at_s, path, cause).allowed ? 1 : 0;
    return allowed;
  }

  LineLimit limit_{3, kPeriod, 4};
};

TEST_F(LineLimitTest, SoManyOfOnePathAndCausePerPeriod) {
  EXPECT_EQ(Allowed(10, 1000, "3:0:0:1"), 3);
  EXPECT_EQ(Allowed(10, 1599, "3:0:0:1"), 0);
  EXPECT_EQ(Allowed(10, 1600, "3:0:0:1"), 3);
}

TEST_F(LineLimitTest, OtherPathsAndOtherCausesAreCountedApart) {
  EXPECT_EQ(Allowed(10, 1000, "3:0:0:1"), 3);
  EXPECT_EQ(Allowed(10, 1000, "3:0:0:1", kUp), 3);
  EXPECT_EQ(Allowed(10, 1000, "3:0:0:2"), 3);
  const LogFields nexus = {.nexus = "3:0:0", .cause = LogCause::kNexusSilent};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(limit_.Ask(LogLevel::kWarn, nexus, 1000 * kSecond).allowed, i < 3);
  }
}

TEST_F(LineLimitTest, LineAboutNothingInParticularIsAlwaysAllowed) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(limit_.Ask(LogLevel::kInfo, {}, 0).allowed);
    EXPECT_TRUE(Ask(0, "3:0:0:1", LogCause::kNone).allowed);
  }
  EXPECT_EQ(limit_.entries(), 0u);
}

TEST_F(LineLimitTest, NextLineThatIsAllowedTellsOfThoseHeldBack) {
  Allowed(20, 1000, "3:0:0:1");
  const LineLimit::Verdict next = Ask(1600, "3:0:0:1");
  EXPECT_TRUE(next.allowed);
  EXPECT_EQ(next.held_back, 17u);
  EXPECT_EQ(Ask(1601, "3:0:0:1").held_back, 0u);
  EXPECT_TRUE(limit_.Sweep(5000 * kSecond, kAll).empty());
}

TEST_F(LineLimitTest, WhatNoLineTellsOfIsSweptWhenThePeriodIsOver) {
  LogFields fields = About("3:0:0:1", kDown);
  fields.lun = "3600a0b80000f5e7d";
  for (int i = 0; i < 20; ++i) limit_.Ask(LogLevel::kWarn, fields, 1000 * kSecond);
  Allowed(2, 1001, "3:0:0:2");
  EXPECT_TRUE(limit_.Sweep(1599 * kSecond, kAll).empty());
  EXPECT_EQ(limit_.entries(), 2u);
  const std::vector<LineLimit::HeldBack> held = limit_.Sweep(1601 * kSecond, kAll);
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held[0].lines, 17u);
  EXPECT_EQ(held[0].fields, fields);
  EXPECT_EQ(held[0].level, LogLevel::kWarn);
  EXPECT_EQ(limit_.entries(), 0u);
  EXPECT_TRUE(limit_.Sweep(9999 * kSecond, kAll).empty());
}

TEST_F(LineLimitTest, SweepStopsAtSoManyAndGoesOnNextTime) {
  for (const char* path : {"3:0:0:1", "3:0:0:2", "3:0:0:3"}) Allowed(4, 1000, path);
  EXPECT_EQ(limit_.Sweep(1600 * kSecond, 2).size(), 2u);
  EXPECT_EQ(limit_.Sweep(1600 * kSecond, 2).size(), 1u);
  EXPECT_EQ(limit_.Sweep(1600 * kSecond, 2).size(), 0u);
}

TEST_F(LineLimitTest, RenewedPeriodIsSweptAtItsOwnEnd) {
  Allowed(4, 1000, "3:0:0:1");
  Allowed(4, 1300, "3:0:0:2");
  Allowed(5, 1700, "3:0:0:1");
  const auto first = limit_.Sweep(1900 * kSecond, kAll);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].fields.path, "3:0:0:2");
  const auto second = limit_.Sweep(2300 * kSecond, kAll);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].fields.path, "3:0:0:1");
  EXPECT_EQ(second[0].lines, 2u);
}

TEST_F(LineLimitTest, BeyondTheMemoryOthersShareAnEntry) {
  for (const char* path : {"3:0:0:1", "3:0:0:2", "3:0:0:3", "3:0:0:4"}) {
    EXPECT_EQ(Allowed(3, 1000, path), 3);
  }
  EXPECT_EQ(Allowed(2, 1000, "4:0:0:1"), 2);
  EXPECT_EQ(Allowed(5, 1000, "4:0:0:2"), 1);
  EXPECT_EQ(Allowed(3, 1000, "4:0:0:3"), 0);
  EXPECT_EQ(limit_.entries(), 4u);
  const auto held = limit_.Sweep(1600 * kSecond, kAll);
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held[0].lines, 7u);
  EXPECT_EQ(held[0].fields, LogFields{});
}

TEST_F(LineLimitTest, KindOfLineWhosePeriodIsOverMakesRoomForAnother) {
  for (const char* path : {"3:0:0:1", "3:0:0:2", "3:0:0:3", "3:0:0:4"}) Ask(1000, path);
  EXPECT_EQ(Allowed(5, 1600, "4:0:0:1"), 3);
  EXPECT_EQ(limit_.entries(), 4u);
  EXPECT_EQ(Allowed(5, 1600, "4:0:0:2"), 3);
}

TEST_F(LineLimitTest, MoreRepeatsCountInPeriodsThatHaveBegun) {
  EXPECT_EQ(Allowed(10, 1000, "3:0:0:1"), 3);
  limit_.Set(5, kPeriod);
  const LineLimit::Verdict next = Ask(1001, "3:0:0:1");
  EXPECT_TRUE(next.allowed);
  EXPECT_EQ(next.held_back, 7u);
  EXPECT_EQ(Allowed(10, 1002, "3:0:0:1"), 1);
}

TEST_F(LineLimitTest, ShorterPeriodEndsThoseThatHaveBegun) {
  Allowed(4, 1000, "3:0:0:1");
  limit_.Set(3, 60 * kSecond);
  EXPECT_EQ(limit_.Sweep(1059 * kSecond, kAll).size(), 0u);
  EXPECT_EQ(limit_.Sweep(1060 * kSecond, kAll).size(), 1u);
}

}  // namespace
}  // namespace pathwatch::service
