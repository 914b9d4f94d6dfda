#include "service/present/time_text.h"

#include <gtest/gtest.h>

namespace pathwatch::cli {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

TEST(TimeTextTest, WallTimeIsAsFarBackAsTheBootTime) {
  const present::Clocks clocks = {1'000 * kSecond, 1'795'336'285 * kSecond + 123'456'789};
  EXPECT_EQ(present::WallTime(clocks.boot_now_ns, clocks), "2026-11-22T08:31:25.123Z");
  EXPECT_EQ(present::WallTime(940 * kSecond, clocks), "2026-11-22T08:30:25.123Z");
  EXPECT_EQ(present::WallTime(1'001 * kSecond, clocks), "2026-11-22T08:31:26.123Z");
}

TEST(TimeTextTest, AgesForTablesGetCoarserWithTime) {
  EXPECT_EQ(present::AgeForTable(-1), "0.0s");
  EXPECT_EQ(present::AgeForTable(349'000'000), "0.3s");
  EXPECT_EQ(present::AgeForTable(9'999'999'999), "9.9s");
  EXPECT_EQ(present::AgeForTable(10 * kSecond), "10s");
  EXPECT_EQ(present::AgeForTable(119 * kSecond), "119s");
  EXPECT_EQ(present::AgeForTable(2 * kMinute), "2m00s");
  EXPECT_EQ(present::AgeForTable(5 * kHour + 3 * kMinute), "5h03m");
  EXPECT_EQ(present::AgeForTable(3 * kDay + 4 * kHour), "3d04h");
}

TEST(TimeTextTest, AgesForSentencesHaveOneUnit) {
  EXPECT_EQ(present::AgeForSentence(-1), "0.0 s");
  EXPECT_EQ(present::AgeForSentence(2'500'000'000), "2.5 s");
  EXPECT_EQ(present::AgeForSentence(12 * kSecond), "12 s");
  EXPECT_EQ(present::AgeForSentence(119 * kSecond), "119 s");
  EXPECT_EQ(present::AgeForSentence(12 * kMinute), "12 min");
  EXPECT_EQ(present::AgeForSentence(5 * kHour + kMinute), "5 h");
  EXPECT_EQ(present::AgeForSentence(3 * kDay), "3 d");
}

TEST(TimeTextTest, LatenciesHaveTheUnitThatFits) {
  EXPECT_EQ(present::LatencyForTable(0), "0us");
  EXPECT_EQ(present::LatencyForTable(999), "999us");
  EXPECT_EQ(present::LatencyForTable(1'290), "1.2ms");
  EXPECT_EQ(present::LatencyForTable(340'999), "340ms");
  EXPECT_EQ(present::LatencyForTable(3'400'000), "3.4s");
  EXPECT_EQ(present::LatencyForTable(4'294'967'295), "4294.9s");
}

TEST(TimeTextTest, ClocksAreRead) {
  const present::Clocks first = present::ReadClocks();
  const present::Clocks second = present::ReadClocks();
  EXPECT_GT(first.boot_now_ns, 0);
  EXPECT_GE(second.boot_now_ns, first.boot_now_ns);
  EXPECT_GT(first.wall_now_ns, 1'700'000'000 * kSecond);  // 2023
}

}  // namespace
}  // namespace pathwatch::cli
