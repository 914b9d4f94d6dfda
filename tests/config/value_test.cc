// What is understood, and how it is written again.
#include "lib/config/value.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace pathwatch::config {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;
constexpr std::int64_t kMinute = 60 * kSecond;

const Option& Interval() { return OptionOf(OptionId::kInterval); }

Value Taken(OptionId id, const std::string& text) {
  const auto value = ValueFromText(OptionOf(id), text);
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() ? *value : Value{};
}

TEST(ValueTest, DurationsCarryTheirUnits) {
  EXPECT_EQ(Taken(OptionId::kInterval, "500ms"), Value(500 * kMillisecond));
  EXPECT_EQ(Taken(OptionId::kInterval, "2.5s"), Value(2'500 * kMillisecond));
  EXPECT_EQ(Taken(OptionId::kInterval, "1m30s"), Value(90 * kSecond));
  EXPECT_EQ(Taken(OptionId::kRefresh, "0s"), Value(std::int64_t{0}));
}

TEST(ValueTest, BothEndsOfARangeBelongToIt) {
  EXPECT_EQ(Taken(OptionId::kInterval, "100ms"), Value(100 * kMillisecond));
  EXPECT_EQ(Taken(OptionId::kInterval, "1h"), Value(60 * kMinute));
  EXPECT_EQ(Taken(OptionId::kNexusCommandsMax, "1"), Value(std::int64_t{1}));
  EXPECT_EQ(Taken(OptionId::kNexusCommandsMax, "256"), Value(std::int64_t{256}));
}

TEST(ValueTest, CountIsTheSameAsTextAndAsNumber) {
  EXPECT_EQ(*ValueFromNumber(OptionOf(OptionId::kHostCommandsMax), 32),
            Taken(OptionId::kHostCommandsMax, "32"));
}

TEST(ValueTest, PermissionsAreOctal) {
  EXPECT_EQ(Taken(OptionId::kSocketMode, "0666"), Value(std::int64_t{0666}));
  EXPECT_EQ(Taken(OptionId::kSocketMode, "600"), Value(std::int64_t{0600}));
  EXPECT_EQ(Taken(OptionId::kSocketMode, "0000"), Value(std::int64_t{0}));
}

TEST(ValueTest, TextsMayBeEmptyOrHaveAnyLetters) {
  EXPECT_EQ(Taken(OptionId::kSocketGroup, ""), Value(""));
  EXPECT_EQ(Taken(OptionId::kRunDir, "/run/überwachung"), Value("/run/überwachung"));
}

TEST(ValueTest, ListOfGoodRulesIsTaken) {
  const std::vector<std::string> rules = {"wwid=3600*", "transport=iscsi"};
  const auto value = ValueFromList(OptionOf(OptionId::kInclude), rules);
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(*value, Value(rules));
}

TEST(ValueTest, DurationsAreWrittenWithoutEmptyParts) {
  const auto text = [](std::int64_t duration_ns) { return TextOf(Interval(), duration_ns); };
  EXPECT_EQ(text(0), "\"0s\"");
  EXPECT_EQ(text(500 * kMillisecond), "\"500ms\"");
  EXPECT_EQ(text(2'500 * kMillisecond), "\"2.5s\"");
  EXPECT_EQ(text(60 * kSecond), "\"60s\"");
  EXPECT_EQ(text(90 * kSecond), "\"90s\"");
  EXPECT_EQ(text(2 * kMinute), "\"2m\"");
  EXPECT_EQ(text(90 * kMinute), "\"1h30m\"");
  EXPECT_EQ(text(1'440 * kMinute + kSecond), "\"24h1s\"");
  EXPECT_EQ(text(121'500 * kMillisecond), "\"2m1.5s\"");
}

TEST(ValueTest, WrittenDurationIsReadAsTheSame) {
  Option any = Interval();
  any.least = 0;
  any.most = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t duration_ns = 1; duration_ns < any.most / 7; duration_ns *= 7) {
    for (const std::int64_t near :
         {duration_ns - 1, duration_ns, duration_ns / kSecond * kSecond}) {
      const std::string text = TextOf(any, near);
      EXPECT_EQ(*ValueFromText(any, text.substr(1, text.size() - 2)), Value(near)) << text;
    }
  }
}

TEST(ValueTest, OtherValuesAreWrittenAsAFileHasThem) {
  EXPECT_EQ(TextOf(OptionOf(OptionId::kRetryLaterMax), std::int64_t{6}), "6");
  EXPECT_EQ(TextOf(OptionOf(OptionId::kSocketMode), std::int64_t{0644}), "\"0644\"");
  EXPECT_EQ(TextOf(OptionOf(OptionId::kLogLevel), "warn"), "\"warn\"");
  EXPECT_EQ(TextOf(OptionOf(OptionId::kRunDir), R"(/a"b\c)"), R"("/a\"b\\c")");
  EXPECT_EQ(TextOf(OptionOf(OptionId::kInclude), std::vector<std::string>{}), "[]");
  EXPECT_EQ(
      TextOf(OptionOf(OptionId::kInclude), std::vector<std::string>{"wwid=3*", "path=*:*:*:1"}),
      R"(["wwid=3*", "path=*:*:*:1"])");
}

TEST(ValueTest, WhatIsExpectedIsSaidForEachType) {
  EXPECT_EQ(Expected(Interval()), "a duration between 100ms and 1h, as \"5s\"");
  EXPECT_EQ(Expected(OptionOf(OptionId::kNexusCommandsMax)), "a whole number between 1 and 256");
  EXPECT_EQ(Expected(OptionOf(OptionId::kPassthrough)),
            R"(one of "auto", "bsg_uring", "sg_async")");
  EXPECT_EQ(Expected(OptionOf(OptionId::kSocketMode)),
            "permissions as octal digits in quotes, as \"0660\"");
  EXPECT_EQ(Expected(OptionOf(OptionId::kListen)),
            "an IPv4 address and a port, as \"127.0.0.1:9837\" (port 0: any that is free)");
  EXPECT_EQ(Expected(OptionOf(OptionId::kRunDir)),
            "a text without control characters, of 4095 bytes at most");
  EXPECT_EQ(Expected(OptionOf(OptionId::kExclude)),
            R"(a list of rules, as ["wwid=3600*", "array=LSI/*", "transport=iscsi"])");
}

}  // namespace
}  // namespace pathwatch::config
