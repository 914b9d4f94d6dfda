// What is refused, and what the operator is told.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "lib/config/value.h"

namespace pathwatch::config {
namespace {

// What is said about a value that is refused; "taken" if it is not.
std::string Sentence(const absl::StatusOr<Value>& value) {
  return value.ok() ? "taken" : std::string(value.status().message());
}

std::string Refused(OptionId id, const std::string& text) {
  return Sentence(ValueFromText(OptionOf(id), text));
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class EveryOption : public testing::TestWithParam<std::size_t> {
 protected:
  const Option& option() const { return Options()[GetParam()]; }
  bool is_a(Type type) const { return option().type == type; }
  void ExpectRefused(const absl::StatusOr<Value>& value) const {
    ASSERT_FALSE(value.ok());
    const std::string sentence(value.status().message());
    EXPECT_TRUE(Contains(sentence, Expected(option()))) << sentence;
  }
};

TEST_P(EveryOption, RefusesNumbersUnlessItIsACount) {
  if (is_a(Type::kCount)) return;
  ExpectRefused(ValueFromNumber(option(), 10));
}

TEST_P(EveryOption, RefusesListsUnlessItIsOne) {
  if (is_a(Type::kPathRules)) return;
  ExpectRefused(ValueFromList(option(), {}));
}

TEST_P(EveryOption, RefusesWordsUnlessItIsAText) {
  if (is_a(Type::kText)) return;
  ExpectRefused(ValueFromText(option(), "soon"));
}

TEST_P(EveryOption, RefusesAMegabyteInAShortSentence) {
  const auto value = ValueFromText(option(), std::string(1 << 20, '7'));
  ExpectRefused(value);
  EXPECT_LT(value.status().message().size(), 300U);
  EXPECT_TRUE(Contains(std::string(value.status().message()), "7777...\""));
}

TEST_P(EveryOption, RefusesControlCharactersAndMakesThemPrintable) {
  const auto value = ValueFromText(option(), "5s\x1b[2J\n");
  ExpectRefused(value);
  const std::string sentence(value.status().message());
  EXPECT_TRUE(sentence.starts_with(R"("5s\x1b[2J\n" )")) << sentence;
}

TEST_P(EveryOption, RefusesWhatIsBelowOrAboveItsRange) {
  if (is_a(Type::kCount)) {
    ExpectRefused(ValueFromNumber(option(), option().least - 1));
    ExpectRefused(ValueFromNumber(option(), option().most + 1));
    ExpectRefused(ValueFromText(option(), std::to_string(option().most + 1)));
  } else if (is_a(Type::kDuration)) {
    ExpectRefused(ValueFromText(option(), std::to_string(option().least - 1) + "ns"));
    ExpectRefused(ValueFromText(option(), std::to_string(option().most + 1) + "ns"));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, EveryOption, testing::Range(std::size_t{0}, kOptionCount),
                         [](const auto& info) { return std::string(Options()[info.param].name); });

TEST(ValueErrorTest, DurationOutOfRange) {
  EXPECT_EQ(Refused(OptionId::kInterval, "50ms"),
            "\"50ms\" is too short; expected is a duration between 100ms and 1h, as \"5s\"");
  EXPECT_TRUE(Contains(Refused(OptionId::kInterval, "1h1ns"), "\"1h1ns\" is too long; "));
  EXPECT_TRUE(Contains(Refused(OptionId::kInterval, "-5s"), "is too short"));
  EXPECT_TRUE(Contains(Refused(OptionId::kRefresh, "-1ns"), "is too short"));
}

TEST(ValueErrorTest, DurationWithoutAUnit) {
  EXPECT_TRUE(Contains(Refused(OptionId::kInterval, "5"),
                       "\"5\" has no unit: write ms, s, m or h after the number; "));
  EXPECT_TRUE(Contains(Refused(OptionId::kRefresh, "0"), "\"0\" has no unit"));
  EXPECT_TRUE(Contains(Sentence(ValueFromNumber(OptionOf(OptionId::kInterval), 20)),
                       "20 has no unit: write \"20s\" if seconds are meant; "));
}

TEST(ValueErrorTest, DurationBeyondEveryNumber) {
  EXPECT_TRUE(Contains(Refused(OptionId::kInterval, "inf"), "is too long"));
  EXPECT_TRUE(Contains(Refused(OptionId::kInterval, "-inf"), "is too short"));
  EXPECT_TRUE(Contains(Refused(OptionId::kInterval, "99999999999999999999h"), "is not a duration"));
}

TEST(ValueErrorTest, DurationThatIsNone) {
  for (const char* text : {"", " 5s", "5 s", "5sec", "5,5s", "1e3s", "nan", "0x5s", "s"}) {
    EXPECT_TRUE(Contains(Refused(OptionId::kInterval, text), "is not a duration")) << text;
  }
}

TEST(ValueErrorTest, CountThatDoesNotFit) {
  const std::string expected = "; expected is a whole number between 1 and 256";
  EXPECT_EQ(Refused(OptionId::kNexusCommandsMax, "0"), "\"0\" is too small" + expected);
  EXPECT_EQ(Refused(OptionId::kNexusCommandsMax, "-8"), "\"-8\" is too small" + expected);
  EXPECT_EQ(Refused(OptionId::kNexusCommandsMax, "9223372036854775808"),
            "\"9223372036854775808\" is too large" + expected);
  EXPECT_EQ(Refused(OptionId::kNexusCommandsMax, "-9223372036854775809"),
            "\"-9223372036854775809\" is too small" + expected);
  const Option& option = OptionOf(OptionId::kNexusCommandsMax);
  EXPECT_EQ(Sentence(ValueFromNumber(option, std::numeric_limits<std::int64_t>::max())),
            "9223372036854775807 is too large" + expected);
  EXPECT_EQ(Sentence(ValueFromNumber(option, std::numeric_limits<std::int64_t>::min())),
            "-9223372036854775808 is too small" + expected);
}

TEST(ValueErrorTest, CountThatIsNoWholeNumber) {
  for (const char* text : {"", "-", "+8", " 8", "8 ", "8.0", "0x8", "eight", "8s"}) {
    EXPECT_TRUE(Contains(Refused(OptionId::kNexusCommandsMax, text), "is not a whole number"))
        << text;
  }
}

TEST(ValueErrorTest, MisspeltChoiceIsAnsweredWithTheNearestWord) {
  EXPECT_EQ(Refused(OptionId::kPassthrough, "bsg_urign"),
            "\"bsg_urign\" is not one of \"auto\", \"bsg_uring\", \"sg_async\"; did you mean "
            "bsg_uring?");
  EXPECT_TRUE(Contains(Refused(OptionId::kLogLevel, "warm"), "; did you mean warn?"));
  EXPECT_EQ(Refused(OptionId::kLogLevel, "everything"),
            R"("everything" is not one of "debug", "info", "warn", "error")");
  EXPECT_NE(Refused(OptionId::kLogLevel, "debug info"), "taken");
  EXPECT_NE(Refused(OptionId::kLogLevel, ""), "taken");
}

TEST(ValueErrorTest, ModeThatNamesNoPermissions) {
  for (const char* text : {"", "0", "66", "0668", "1777", "4755", "00660", "0o660", "rw-rw----",
                           "-660", "0660 ", "u=rw"}) {
    EXPECT_TRUE(Contains(Refused(OptionId::kSocketMode, text), "does not name permissions"))
        << text;
  }
  EXPECT_TRUE(Contains(Sentence(ValueFromNumber(OptionOf(OptionId::kSocketMode), 660)),
                       "660 is a number; expected is permissions as octal digits in quotes"));
}

TEST(ValueErrorTest, TextThatIsLongerThanAnyPath) {
  EXPECT_EQ(Refused(OptionId::kRunDir, std::string(4'095, '/')), "taken");
  EXPECT_TRUE(Contains(Refused(OptionId::kRunDir, std::string(4'096, '/')), "is too long"));
  EXPECT_TRUE(Contains(Refused(OptionId::kRunDir, std::string("/run\0/x", 7)),
                       R"("/run\x00/x" contains a control character)"));
}

TEST(ValueErrorTest, ListIsRefusedForItsFirstBadRule) {
  const std::vector<std::string> rules = {"wwid=3600*", "wwdi=3600*", "path=1"};
  EXPECT_EQ(Sentence(ValueFromList(OptionOf(OptionId::kExclude), rules)),
            "the rule \"wwdi=3600*\": there is no kind \"wwdi\"; the kinds are wwid, array, path "
            "and transport; did you mean wwid?");
}

}  // namespace
}  // namespace pathwatch::config
