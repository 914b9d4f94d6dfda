#include "lib/publish/process_stat.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::publish {
namespace {

std::string StatLine(const std::string& name, const std::string& state, const std::string& flags) {
  return "4711 (" + name + ") " + state + " 1 4711 4711 0 -1 " + flags +
         " 100 0 0 0 5 6 0 0 20 0 1 0 987654 1000000 300 18446744073709551615 1 1 0 0 0\n";
}

TEST(ProcessStatTest, LivingDaemon) {
  const auto stat = ParseProcessStat(StatLine("pathwatchd", "S", "4194560"));
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->state, 'S');
  EXPECT_EQ(stat->flags, 4194560U);
  EXPECT_EQ(stat->start_time, 987654U);
  EXPECT_EQ(stat->threads, 1U);
  EXPECT_FALSE(stat->ending());
}

TEST(ProcessStatTest, NameWithSpacesAndParentheses) {
  const auto stat = ParseProcessStat(StatLine("a) Z (b ) R", "S", "64"));
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->state, 'S');
  EXPECT_FALSE(stat->ending());
}

TEST(ProcessStatTest, ExitingFlagMeansEnding) {
  const auto stat = ParseProcessStat(StatLine("pathwatchd", "D", "4194564"));
  ASSERT_TRUE(stat);
  EXPECT_TRUE(stat->ending());
}

TEST(ProcessStatTest, KilledBySignalMeansEnding) {
  const auto stat = ParseProcessStat(StatLine("pathwatchd", "D", "1024"));
  ASSERT_TRUE(stat);
  EXPECT_TRUE(stat->ending());
}

TEST(ProcessStatTest, ZombieAndDeadMeanEnding) {
  for (const char* const state : {"Z", "X", "x"}) {
    const auto stat = ParseProcessStat(StatLine("pathwatchd", state, "0"));
    ASSERT_TRUE(stat) << state;
    EXPECT_TRUE(stat->ending()) << state;
  }
}

TEST(ProcessStatTest, TextThatIsSomethingElseIsRefused) {
  EXPECT_FALSE(ParseProcessStat(""));
  EXPECT_FALSE(ParseProcessStat("4711 (pathwatchd"));
  EXPECT_FALSE(ParseProcessStat("4711 (pathwatchd)"));
  EXPECT_FALSE(ParseProcessStat("4711 (pathwatchd) S 1 2 3"));
  EXPECT_FALSE(ParseProcessStat(StatLine("pathwatchd", "S", "flags")));
  EXPECT_FALSE(ParseProcessStat(StatLine("pathwatchd", "SS", "0")));
}

}  // namespace
}  // namespace pathwatch::publish
