// Which of the things that are said counts, and whether they fit together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/config/loading.h"

namespace pathwatch::config {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

constexpr Target kLsi = Device("LSI", "INF-01-00", Transport::kFc);
constexpr Target kIscsi = Device("LIO", "disk", Transport::kIscsi);
constexpr Target kSas = Device("SEAGATE", "ST1", Transport::kSas);

std::int64_t Interval(const Configuration& configuration, const Target& target = {}) {
  return configuration.Number(OptionId::kInterval, target) / kSecondNs;
}

TEST(PrecedenceTest, NothingSaidIsTheDefault) {
  const Configuration configuration;
  for (const Option& option : Options()) {
    const Setting& setting = configuration.Find(option.id, kLsi);
    EXPECT_EQ(setting.value, DefaultOf(option.id)) << option.name;
    EXPECT_EQ(setting.origin.place, Place::kDefault) << option.name;
    EXPECT_EQ(setting.origin.line, 0U) << option.name;
  }
  EXPECT_EQ(configuration.files(), 0U);
  EXPECT_EQ(configuration.settings(), 0U);
}

TEST(PrecedenceTest, TheMoreParticularPlaceWins) {
  const std::string global = "[check]\ninterval = \"1s\"\n";
  const std::string transports = "[fc]\ninterval = \"2s\"\n[iscsi]\ninterval = \"3s\"\n";
  const std::string array = "[array.\"LSI/INF-*\"]\ninterval = \"4s\"\n";
  // Whatever the order in the file is.
  for (const std::string& text : {global + transports + array, array + transports + global}) {
    const Configuration configuration = GoodText(text);
    EXPECT_EQ(Interval(configuration), 1);
    EXPECT_EQ(Interval(configuration, kSas), 1);
    EXPECT_EQ(Interval(configuration, kIscsi), 3);
    EXPECT_EQ(Interval(configuration, kLsi), 4);
    Target other = kLsi;
    other.product = "other";
    EXPECT_EQ(Interval(configuration, other), 2);
  }
}

TEST(PrecedenceTest, CommandLineWinsOverEverything) {
  const std::vector<SourceFile> files = {
      {"a",
       "[check]\ninterval = \"1s\"\n[fc]\ninterval = \"2s\"\n[array.\"*/*\"]\n"
       "interval = \"3s\"\n"}};
  const Configuration configuration =
      Good(Load(files, {{OptionId::kInterval, "8s"}, {OptionId::kInterval, "9s"}}));
  EXPECT_EQ(Interval(configuration), 9);
  EXPECT_EQ(Interval(configuration, kLsi), 9);
  EXPECT_EQ(configuration.Find(OptionId::kInterval, kLsi).origin.place, Place::kCommandLine);
  EXPECT_EQ(configuration.settings(), 3U);
}

TEST(PrecedenceTest, PlaceThatSaysNothingOfTheOptionIsPassedOver) {
  const Configuration configuration = GoodText(
      "[check]\ninterval = \"1s\"\n[fc]\ndeadline = \"2s\"\n[array.\"LSI/*\"]\n"
      "refresh = \"3s\"\n");
  EXPECT_EQ(Interval(configuration, kLsi), 1);
  EXPECT_EQ(configuration.Number(OptionId::kDeadline, kLsi), 2 * kSecondNs);
  EXPECT_EQ(configuration.Number(OptionId::kRefresh, kLsi), 3 * kSecondNs);
  EXPECT_EQ(configuration.Number(OptionId::kTransitionLimit, kLsi), 60 * kSecondNs);
}

TEST(PrecedenceTest, LaterArrayOfOneFileWins) {
  EXPECT_EQ(Interval(GoodText("[array.\"LSI/INF-01-00\"]\ninterval = \"1s\"\n[array.\"*/*\"]\n"
                              "interval = \"2s\"\n"),
                     kLsi),
            2);
  EXPECT_EQ(Interval(GoodText("[array.\"*/*\"]\ninterval = \"2s\"\n[array.\"LSI/INF-01-00\"]\n"
                              "interval = \"1s\"\n"),
                     kLsi),
            1);
}

TEST(PrecedenceTest, LaterArrayThatSaysNothingOfTheOptionIsPassedOver) {
  EXPECT_EQ(Interval(GoodText("[array.\"LSI/*\"]\ninterval = \"1s\"\n[array.\"*/*\"]\n"
                              "deadline = \"2s\"\n"),
                     kLsi),
            1);
}

TEST(PrecedenceTest, ArraysOfInlineTablesCountInTheOrderOfTheirLinesToo) {
  const Configuration configuration =
      GoodText("array.\"Z/*\" = {interval = \"1s\"}\narray.\"A/*\" = {interval = \"2s\"}\n");
  ASSERT_EQ(configuration.arrays().size(), 2U);
  EXPECT_EQ(configuration.arrays()[0].pattern, "Z/*");
  EXPECT_EQ(configuration.arrays()[1].pattern, "A/*");
  EXPECT_EQ(configuration.arrays()[1].line, 2U);
}

TEST(PrecedenceTest, LaterFileWins) {
  const std::vector<SourceFile> files = {
      {"1",
       "[check]\ninterval = \"1s\"\ndeadline = \"1s\"\n[array.\"LSI/*\"]\n"
       "interval = \"3s\"\nrefresh = \"3s\"\n"},
      {"2", "[check]\ninterval = \"2s\"\n[array.\"LSI/*\"]\ninterval = \"4s\"\n"}};
  const Configuration configuration = Good(Load(files, {}));
  EXPECT_EQ(Interval(configuration), 2);
  EXPECT_EQ(configuration.Find(OptionId::kInterval).origin.file, "2");
  EXPECT_EQ(configuration.Find(OptionId::kDeadline).origin.file, "1");
  EXPECT_EQ(Interval(configuration, kLsi), 4);
  EXPECT_EQ(configuration.Number(OptionId::kRefresh, kLsi), 3 * kSecondNs);
  ASSERT_EQ(configuration.arrays().size(), 2U);
  EXPECT_EQ(configuration.arrays()[0].file, "1");
  EXPECT_EQ(configuration.arrays()[1].file, "2");
  EXPECT_EQ(configuration.files(), 2U);
  EXPECT_EQ(configuration.settings(), 6U);
}

TEST(PrecedenceTest, ArrayIsNotForATargetThatIsNoDevice) {
  const Configuration configuration = GoodText("[array.\"*/*\"]\ninterval = \"1s\"\n");
  EXPECT_EQ(Interval(configuration), 5);
  EXPECT_EQ(Interval(configuration, kSas), 1);
}

TEST(PrecedenceTest, WhatIsSaidOfATransportCanBeListed) {
  const Configuration configuration = GoodText("[fc]\ninterval = \"1s\"\n");
  const auto index = static_cast<std::size_t>(OptionId::kInterval);
  EXPECT_TRUE(configuration.of_transport(Transport::kFc)[index].has_value());
  EXPECT_FALSE(configuration.of_transport(Transport::kIscsi)[index].has_value());
}

TEST(PrecedenceTest, ConfigurationThatWasMovedKeepsItsSettings) {
  Loaded loaded = LoadText("[check]\ninterval = \"1s\"\n");
  const Loaded moved = std::move(loaded);
  const Configuration copied = moved.configuration;
  EXPECT_EQ(Interval(copied), 1);
}

TEST(CommandLineTest, WrongValueIsNamedAsItWasGiven) {
  EXPECT_THAT(ProblemsIn(Load({}, {{OptionId::kCommandTimeoutMin, "5"}})),
              AllOf(StartsWith("command line: --command-timeout-min: \"5\" has no unit"),
                    HasSubstr("expected is a duration")));
}

TEST(CommandLineTest, ListCannotBeGiven) {
  EXPECT_EQ(ProblemsIn(Load({}, {{OptionId::kInclude, "wwid=1"}})),
            "command line: --include: can only be given in a file, as paths.include\n");
}

TEST(MisfitTest, LeastTimeoutAboveTheGreatestNamesBothWithTheirPlaces) {
  EXPECT_EQ(ProblemsOf("[check]\ncommand_timeout_min = \"5m\"\n"),
            "t.toml:2: check.command_timeout_min = \"5m\" (t.toml:2) does not fit "
            "command_timeout_max = \"2m\" (default): the least timeout cannot be above the "
            "greatest; lower the first or raise the second\n");
  EXPECT_EQ(ProblemsOf("[check]\ncommand_timeout_min = \"2m\"\n"), "");
}

TEST(MisfitTest, FirstBackOffAboveTheLongestIsAProblem) {
  EXPECT_THAT(ProblemsOf("[check]\nback_off_first = \"3m\"\n"),
              AllOf(HasSubstr("check.back_off_first = \"3m\" (t.toml:2)"),
                    HasSubstr("back_off_max = \"2m\" (default)")));
  EXPECT_EQ(ProblemsOf("[check]\nback_off_first = \"2m\"\n"), "");
}

TEST(MisfitTest, DeadlineThatIsNotBeforeTheKernelsTimeoutIsAProblem) {
  EXPECT_THAT(ProblemsOf("[check]\ndeadline = \"30s\"\n"),
              AllOf(HasSubstr("check.deadline = \"30s\" (t.toml:2)"),
                    HasSubstr("command_timeout_min = \"30s\" (default)")));
  EXPECT_EQ(ProblemsOf("[check]\ndeadline = \"29s\"\n"), "");
}

TEST(MisfitTest, TransportIsComparedWithWhatCountsForIt) {
  EXPECT_THAT(ProblemsOf("[check]\ncommand_timeout_max = \"1m\"\n[iscsi]\n"
                         "command_timeout_min = \"90s\"\n"),
              MatchesRegex("t.toml:4: check.command_timeout_min = \"90s\" \\(t.toml:4\\) does not "
                           "fit command_timeout_max = [^\n]*\\(t.toml:2\\)[^\n]*\n"));
  EXPECT_EQ(ProblemsOf("[check]\ncommand_timeout_max = \"1m\"\n[iscsi]\n"
                       "command_timeout_min = \"90s\"\ncommand_timeout_max = \"2m\"\n"),
            "");
}

TEST(MisfitTest, ArrayIsComparedWithWhatCountsForItOnEachTransport) {
  EXPECT_THAT(ProblemsOf("[fc]\ncommand_timeout_min = \"10s\"\n[array.\"LSI/*\"]\n"
                         "deadline = \"20s\"\n"),
              MatchesRegex("t.toml:4: check.deadline = \"20s\" \\(t.toml:4\\) does not fit "
                           "command_timeout_min = \"10s\" \\(t.toml:2\\)[^\n]*\n"));
}

TEST(MisfitTest, ArrayIsComparedWithAnotherWhosePatternMatchesIt) {
  EXPECT_THAT(ProblemsOf("[array.\"LSI/*\"]\ndeadline = \"40s\"\ncommand_timeout_min = \"1m\"\n"
                         "[array.\"LSI/INF\"]\ncommand_timeout_min = \"20s\"\n"),
              StartsWith("t.toml:2: check.deadline = \"40s\" (t.toml:2) does not fit "
                         "command_timeout_min = \"20s\" (t.toml:5)"));
}

TEST(MisfitTest, EachPairOfSettingsIsNamedOnce) {
  const Loaded loaded = LoadText(
      "[check]\ndeadline = \"1m\"\n[fc]\ninterval = \"1s\"\n"
      "[array.\"A/*\"]\n[array.\"B/*\"]\n");
  EXPECT_EQ(loaded.problems.size(), 1U);
}

TEST(MisfitTest, CommandLineThatDoesNotFitIsNamed) {
  EXPECT_THAT(ProblemsIn(Load({}, {{OptionId::kDeadline, "1m"}})),
              StartsWith("command line: check.deadline = \"60s\" (command line) does not fit "
                         "command_timeout_min = \"30s\" (default)"));
}

TEST(MisfitTest, MisfitsAreNotGuessedWhereSomethingWasNotUnderstood) {
  EXPECT_THAT(ProblemsOf("[check]\ndeadline = \"1m\"\ncommand_timeout_min = \"2 m\"\n"),
              MatchesRegex("t.toml:3: [^\n]*is not a duration[^\n]*\n"));
}

}  // namespace
}  // namespace pathwatch::config
