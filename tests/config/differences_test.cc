#include "lib/config/differences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/config/loading.h"

namespace pathwatch::config {
namespace {

Configuration From(const std::string& text, const CommandLine& command_line = {}) {
  const std::vector<SourceFile> files = {{"t.toml", text}};
  return Good(Load(files, command_line));
}

std::vector<std::string> Between(const Configuration& before, const Configuration& after) {
  std::vector<std::string> texts;
  for (const Difference& difference : Differences(before, after)) texts.push_back(difference.text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(DifferencesTest, TheSameValuesInAnotherPlaceAreNone) {
  EXPECT_EQ(Between(From("[check]\ninterval = \"60s\"\n"), From("check.interval = \"1m\"\n")),
            Texts{});
  EXPECT_EQ(Between(From(""), From("[check]\ninterval = \"5s\"\n")), Texts{});
}

TEST(DifferencesTest, AnOptionOfItsOwnTable) {
  EXPECT_EQ(Between(From(""), From("[check]\ninterval = \"1s\"\n")),
            Texts{"[check] interval: \"5s\" -> \"1s\""});
}

TEST(DifferencesTest, WhatTheCommandLineSaysDoesNotChange) {
  const CommandLine command_line = {{OptionId::kInterval, "3s"}};
  EXPECT_EQ(Between(From("", command_line), From("check.interval = \"1s\"\n", command_line)),
            Texts{});
}

TEST(DifferencesTest, TablesOfTransportsAndArraysThatComeChangeAndGo) {
  EXPECT_EQ(
      Between(From("[fc]\ninterval = \"1s\"\n[array.\"A/b\"]\nrefresh = \"0s\"\n"),
              From("[fc]\ninterval = \"2s\"\n[array.\"C/d\"]\nretry_later_max = 3\n")),
      (Texts{"[array.\"A/b\"] refresh: \"0s\" -> not set",
             "[array.\"C/d\"] retry_later_max: not set -> 3", "[fc] interval: \"1s\" -> \"2s\""}));
}

TEST(DifferencesTest, OnlyTheOrderOfTheArrays) {
  const std::string first = "[array.\"A/*\"]\ninterval = \"1s\"\n";
  const std::string second = "[array.\"A/b\"]\ninterval = \"2s\"\n";
  EXPECT_EQ(Between(From(first + second), From(second + first)),
            Texts{"[array] tables count in the order A/b, A/*"});
}

TEST(DifferencesTest, TheOptionIsNamedForThoseWhoAskWhetherAReloadIsEnough) {
  const auto differences = Differences(From(""), From("[daemon]\nrun_dir = \"/run/other\"\n"));
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].id, OptionId::kRunDir);
}

}  // namespace
}  // namespace pathwatch::config
