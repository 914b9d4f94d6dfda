#include "lib/config/option.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "lib/config/value.h"

namespace pathwatch::config {
namespace {

class EveryOption : public testing::TestWithParam<std::size_t> {
 protected:
  const Option& option() const { return Options()[GetParam()]; }
};

TEST_P(EveryOption, IsFoundByItsId) {
  EXPECT_EQ(static_cast<std::size_t>(option().id), GetParam());
  EXPECT_EQ(&OptionOf(option().id), &option());
}

TEST_P(EveryOption, StandsInATableOfTheFile) {
  EXPECT_EQ(std::count(Tables().begin(), Tables().end(), option().table), 1);
}

TEST_P(EveryOption, HasANameForFilesAndCommandLines) {
  EXPECT_FALSE(option().name.empty());
  EXPECT_EQ(option().name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos)
      << option().name;
}

TEST_P(EveryOption, DefaultIsWrittenAsItIsPrinted) {
  EXPECT_EQ(TextOf(option(), DefaultOf(option().id)), option().fallback);
}

TEST_P(EveryOption, DefaultIsInRange) {
  const Value& value = DefaultOf(option().id);
  if (option().type == Type::kDuration || option().type == Type::kCount) {
    EXPECT_GE(std::get<std::int64_t>(value), option().least);
    EXPECT_LE(std::get<std::int64_t>(value), option().most);
    EXPECT_LT(option().least, option().most);
  }
}

TEST_P(EveryOption, OnlyChoicesHaveWords) {
  EXPECT_EQ(!option().choices.empty(), option().type == Type::kChoice);
  EXPECT_EQ(option().choices.find("  "), std::string_view::npos);
}

TEST_P(EveryOption, HelpIsSentences) {
  EXPECT_TRUE(option().help.ends_with(".")) << option().help;
  EXPECT_EQ(option().help.find("  "), std::string_view::npos) << option().help;
}

TEST_P(EveryOption, IsPerArrayOnlyInTheTableCheckAndIfAReloadIsEnough) {
  if (!option().per_array) return;
  EXPECT_EQ(option().table, "check");
  EXPECT_TRUE(option().reloadable);
}

TEST_P(EveryOption, IsForTheExporterAloneInTheTableMetricsAndThenNoReloadIsEnough) {
  EXPECT_EQ(option().exporter, option().table == "metrics");
  EXPECT_FALSE(option().exporter && option().reloadable);
}

INSTANTIATE_TEST_SUITE_P(Table, EveryOption, testing::Range(std::size_t{0}, kOptionCount),
                         [](const auto& info) { return std::string(Options()[info.param].name); });

TEST(OptionTest, NamesAreUniqueSinceTheCommandLineHasNoTables) {
  std::set<std::string_view> names;
  for (const Option& option : Options()) names.insert(option.name);
  EXPECT_EQ(names.size(), kOptionCount);
}

TEST(OptionTest, TablesAreInTheOrderOfTheDocumentation) {
  const std::vector<std::string_view> expected = {"daemon", "check",   "paths", "fc",
                                                  "iscsi",  "metrics", "query", "array"};
  EXPECT_TRUE(std::equal(Tables().begin(), Tables().end(), expected.begin(), expected.end()));
}

TEST(OptionTest, DefaultsOfTheChecksAreThoseThatPathwatchdAlwaysHad) {
  const auto number = [](OptionId id) { return std::get<std::int64_t>(DefaultOf(id)); };
  EXPECT_EQ(number(OptionId::kInterval), 5'000'000'000);
  EXPECT_EQ(number(OptionId::kDeadline), 5'000'000'000);
  EXPECT_EQ(number(OptionId::kRefresh), 60'000'000'000);
  EXPECT_EQ(number(OptionId::kRescan), 30'000'000'000);
  EXPECT_EQ(number(OptionId::kRemovedKeep), 86'400'000'000'000);
  EXPECT_EQ(number(OptionId::kRemovedMax), 10'000);
  EXPECT_EQ(number(OptionId::kBackOffMax), 120'000'000'000);
  EXPECT_EQ(number(OptionId::kSocketMode), 0660);
}

}  // namespace
}  // namespace pathwatch::config
