// What may stand where in a file, and what is said of everything else.
#include "lib/config/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_format.h"
#include "tests/config/loading.h"

namespace pathwatch::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TEST(ConfigurationTest, OptionOutsideATableIsSentToItsTable) {
  EXPECT_EQ(ProblemsOf("interval = \"5s\"\n"),
            "t.toml:1: interval: stands outside its table: write it below [check]\n");
}

TEST(ConfigurationTest, UnknownTableIsOneProblemWithTheNearestName) {
  EXPECT_EQ(ProblemsOf("[chek]\na = 1\nb = 2\n"),
            "t.toml:1: chek: there is no such table; did you mean check?; the tables are daemon, "
            "check, paths, fc, iscsi, metrics, query and array\n");
}

TEST(ConfigurationTest, UnknownOptionIsToldTheNearestName) {
  EXPECT_THAT(ProblemsOf("[check]\n\nintervall = \"5s\"\n"),
              StartsWith("t.toml:3: check.intervall: there is no such option; did you mean "
                         "interval?; here may stand interval, deadline, "));
}

TEST(ConfigurationTest, UnknownOptionNearOneOfAnotherTableIsToldThat) {
  EXPECT_THAT(ProblemsOf("[check]\nlog_levl = \"info\"\n"), HasSubstr("did you mean log_level?"));
}

TEST(ConfigurationTest, NameThatIsNoWordIsQuoted) {
  EXPECT_THAT(ProblemsOf("[check]\n\"a\\u001b\\n b\" = 1\n"), HasSubstr("check.\"a\\x1b\\n b\": "));
  EXPECT_THAT(ProblemsOf("\"check.interval\" = 1\n"), HasSubstr("\"check.interval\": there is no"));
  EXPECT_THAT(ProblemsOf("'' = 1\n"), HasSubstr("\"\": there is no such table"));
}

TEST(ConfigurationTest, LongNamesAndTextsAreCut) {
  const std::string longer(10'000, 'x');
  EXPECT_LT(ProblemsOf("[" + longer + "]\n").size(), 300U);
  EXPECT_LT(ProblemsOf("[check]\n" + longer + " = 1\n").size(), 500U);
  EXPECT_LT(ProblemsOf("[check]\ninterval = \"" + longer + "\"\n").size(), 300U);
  EXPECT_LT(ProblemsOf("[array.\"" + longer + "\"]\n").size(), 400U);
  EXPECT_LT(ProblemsOf("[paths]\ninclude = [\"" + longer + "\"]\n").size(), 300U);
}

TEST(ConfigurationTest, ValueInThePlaceOfATableIsExplained) {
  EXPECT_EQ(ProblemsOf("check = 5\n"),
            "t.toml:1: check: 5 was found; expected is a table: write [check] and its options "
            "below it\n");
  EXPECT_THAT(ProblemsOf("array = \"x\"\n"), HasSubstr("write [array.\"VENDOR/PRODUCT\"]"));
}

TEST(ConfigurationTest, ListOfTablesInThePlaceOfATableIsExplained) {
  EXPECT_THAT(
      ProblemsOf("[[check]]\ninterval = \"5s\"\n"),
      AllOf(HasSubstr("check: a list with a table in it was found"), HasSubstr("write [check]")));
  EXPECT_THAT(ProblemsOf("[[array.\"LSI/*\"]]\n"), HasSubstr("a list with a table in it"));
}

TEST(ConfigurationTest, TableInThePlaceOfAnOptionIsExplained) {
  EXPECT_THAT(ProblemsOf("[check.interval]\nx = 1\n"),
              StartsWith("t.toml:1: check.interval: a table was found; expected is a duration "));
}

TEST(ConfigurationTest, AddressWithoutAPortIsExplained) {
  EXPECT_EQ(ProblemsOf("[metrics]\nlisten = \"x\"\n"),
            "t.toml:2: metrics.listen: \"x\" has no port after the address; expected is an IPv4 "
            "address and a port, as \"127.0.0.1:9837\" (port 0: any that is free)\n");
}

TEST(ConfigurationTest, OptionDirectlyBelowArrayIsExplained) {
  EXPECT_THAT(ProblemsOf("[array]\ninterval = \"5s\"\n"),
              AllOf(StartsWith("t.toml:2: array.interval: "),
                    HasSubstr("write [array.\"VENDOR/PRODUCT\"]")));
}

TEST(ConfigurationTest, ArrayWithoutVendorOrProductIsExplained) {
  EXPECT_THAT(ProblemsOf("[array.LSI]\n"),
              AllOf(StartsWith("t.toml:1: array.\"LSI\": there is no \"/\""),
                    HasSubstr("[array.\"VENDOR/PRODUCT\"]")));
  EXPECT_THAT(ProblemsOf("[array.\"/INF\"]\n"), HasSubstr("there is no vendor"));
  EXPECT_THAT(ProblemsOf("[array.\"LSI/\"]\n"), HasSubstr("there is no product"));
}

TEST(ConfigurationTest, ArrayWhoseBlanksNoDeviceHasIsExplained) {
  EXPECT_THAT(ProblemsOf("[array.\"LSI     /INF\"]\n"), HasSubstr("without the blanks"));
  EXPECT_THAT(ProblemsOf("[array.\"LSI/INF \"]\n"), HasSubstr("without the blanks"));
  EXPECT_EQ(ProblemsOf("[array.\"LSI/INF 01/2\"]\n"), "");
}

TEST(ConfigurationTest, MoreArraysThanTheLimitAreAProblem) {
  std::string text;
  for (std::size_t i = 0; i < kArraysMax; ++i) text += absl::StrFormat("[array.\"A/%d\"]\n", i);
  EXPECT_EQ(ProblemsOf(text), "");
  EXPECT_THAT(ProblemsOf(text + "[array.\"B/1\"]\n"),
              StartsWith("t.toml:1025: array.\"B/1\": there are more than 1024"));
}

TEST(ConfigurationTest, EachWrongRuleIsNamedInItsLine) {
  const std::string problems =
      ProblemsOf("[paths]\nexclude = [\n  \"wwid=3600*\",\n  \"wwdi=1\",\n  \"path=1:2\"]\n");
  EXPECT_THAT(problems, AllOf(StartsWith("t.toml:4: paths.exclude: the rule \"wwdi=1\""),
                              HasSubstr("\nt.toml:5: paths.exclude: the rule \"path=1:2\"")));
}

TEST(ConfigurationTest, ListWithANumberInItIsExplained) {
  EXPECT_THAT(ProblemsOf("[paths]\ninclude = [\"wwid=1\", 5]\n"),
              StartsWith("t.toml:2: paths.include: a list with 5 in it was found; expected is a "
                         "list of rules"));
  EXPECT_THAT(ProblemsOf("[paths]\ninclude = [[\"wwid=1\"]]\n"), HasSubstr("a list with a list"));
  EXPECT_THAT(ProblemsOf("[paths]\ninclude = [true]\n"), HasSubstr("a list with true"));
}

TEST(ConfigurationTest, RulesAreRead) {
  const Configuration configuration =
      GoodText("[paths]\ninclude = [\"wwid=1\", \"wwid=2\"]\nexclude = []\n");
  EXPECT_THAT(configuration.List(OptionId::kInclude), ElementsAre("wwid=1", "wwid=2"));
  EXPECT_THAT(configuration.List(OptionId::kExclude), ElementsAre());
}

TEST(ConfigurationTest, ProblemsComeInTheOrderOfFilesAndLines) {
  const std::vector<SourceFile> files = {{"z", "[daemon]\nb = 1\n[check]\na = 1\n"},
                                         {"a", "[fc]\ny = 1\nx = 1\n"}};
  const Loaded loaded = Load(files, {{OptionId::kInterval, "never"}});
  std::vector<std::string> places;
  for (const Problem& problem : loaded.problems) {
    places.push_back(absl::StrFormat("%s:%d", problem.file, problem.line));
  }
  EXPECT_THAT(places, ElementsAre("z:2", "z:4", "a:2", "a:3", "command line:0"));
}

TEST(ConfigurationTest, ProblemsWithoutEndAreCounted) {
  std::string text = "[check]\n";
  for (int i = 0; i < 1'000; ++i) text += absl::StrFormat("x%d = 1\n", i);
  const Loaded loaded = LoadText(text);
  ASSERT_EQ(loaded.problems.size(), 101U);
  EXPECT_EQ(TextOf(loaded.problems.back()), "t.toml:102: from here on there are 900 more problems");
}

TEST(ConfigurationTest, ThousandFilesAreLoaded) {
  std::vector<SourceFile> files;
  for (int i = 1; i <= 1'000; ++i) {
    files.push_back({absl::StrFormat("%04d.toml", i),
                     absl::StrFormat("[check]\nnexus_commands_max = %d\n[array.\"A/%d\"]\n"
                                     "retry_later_max = %d\n",
                                     1 + i % 256, i, i)});
  }
  const Configuration configuration = Good(Load(files, {}));
  EXPECT_EQ(configuration.files(), 1'000U);
  EXPECT_EQ(configuration.settings(), 2'000U);
  EXPECT_EQ(configuration.Number(OptionId::kNexusCommandsMax), 1 + 1'000 % 256);
  EXPECT_EQ(configuration.Number(OptionId::kRetryLaterMax, Device("A", "77")), 77);
}

// --- every row of the table

class OptionRowTest : public testing::TestWithParam<Option> {
 protected:
  std::string Line(std::string_view value) const {
    return absl::StrFormat("%s = %s\n", GetParam().name, value);
  }
  std::string Below(std::string_view table, std::string_view value) const {
    return absl::StrFormat("[%s]\n%s", table, Line(value));
  }
  std::string Name() const { return absl::StrFormat("%s.%s", GetParam().table, GetParam().name); }

  // Values that are not even of the type, and how a message calls them.
  void ExpectRefused(std::string_view value) const {
    EXPECT_THAT(ProblemsOf(Below(GetParam().table, value)),
                AllOf(StartsWith("t.toml:2: " + Name() + ": "), HasSubstr(Expected(GetParam()))))
        << value;
  }
};

INSTANTIATE_TEST_SUITE_P(Rows, OptionRowTest, testing::ValuesIn(Options().begin(), Options().end()),
                         [](const testing::TestParamInfo<Option>& info) {
                           return absl::StrFormat("%s_%s", info.param.table, info.param.name);
                         });

TEST_P(OptionRowTest, IsReadInItsTable) {
  const Configuration configuration = GoodText(Below(GetParam().table, GetParam().fallback));
  const Setting& setting = configuration.Find(GetParam().id);
  EXPECT_EQ(setting.value, DefaultOf(GetParam().id));
  EXPECT_EQ(setting.origin.place, Place::kGlobal);
  EXPECT_EQ(setting.origin.file, "t.toml");
  EXPECT_EQ(setting.origin.line, 2U);
  EXPECT_EQ(configuration.settings(), 1U);
}

TEST_P(OptionRowTest, IsReadWhereParticularDevicesAreMeantIfItMayDiffer) {
  for (const std::string table : {"fc", "iscsi", "array.\"LSI/*\""}) {
    const std::string problems = ProblemsOf(Below(table, GetParam().fallback));
    if (GetParam().per_array) {
      EXPECT_EQ(problems, "") << table;
    } else {
      EXPECT_EQ(problems,
                absl::StrFormat("t.toml:2: %s.%s: this one is the same for all devices: it belongs "
                                "in [%s]\n",
                                table, GetParam().name, GetParam().table));
    }
  }
}

TEST_P(OptionRowTest, IsSentToItsTableFromAnyOther) {
  for (const std::string table : {"daemon", "check", "paths", "metrics", "query"}) {
    if (table == GetParam().table) continue;
    EXPECT_EQ(ProblemsOf(Below(table, GetParam().fallback)),
              absl::StrFormat("t.toml:2: %s.%s: it belongs in [%s]\n", table, GetParam().name,
                              GetParam().table));
  }
}

TEST_P(OptionRowTest, IsRefusedWithAnotherType) {
  for (const std::string_view value : {"true", "1.5", "inf", "1979-05-27", "07:32:00",
                                       "1979-05-27T07:32:00Z", "[[\"a\"]]", "[1]", "{a = 1}"}) {
    ExpectRefused(value);
  }
  ExpectRefused(GetParam().type == Type::kCount ? "\"5\"" : "5");
  ExpectRefused(GetParam().type == Type::kPathRules ? "\"wwid=1\"" : "[\"a\"]");
}

TEST_P(OptionRowTest, IsRefusedOutOfRange) {
  switch (GetParam().type) {
    case Type::kDuration:
      ExpectRefused("\"-1ns\"");
      ExpectRefused(TextOf(GetParam(), GetParam().most + 1));
      if (GetParam().least > 0) ExpectRefused(TextOf(GetParam(), GetParam().least - 1));
      break;
    case Type::kCount:
      ExpectRefused(std::to_string(GetParam().least - 1));
      ExpectRefused(std::to_string(GetParam().most + 1));
      ExpectRefused("-9223372036854775808");
      break;
    case Type::kChoice:
      ExpectRefused("\"\"");
      ExpectRefused("\"nonsense\"");
      break;
    case Type::kText:
      ExpectRefused("\"a\\nb\"");
      break;
    case Type::kMode:
      ExpectRefused("\"0888\"");
      break;
    case Type::kAddress:
      ExpectRefused("\"127.0.0.1:65536\"");
      break;
    case Type::kPathRules:
      EXPECT_THAT(ProblemsOf(Below("paths", "[\"nonsense\"]")), HasSubstr("\"nonsense\""));
      break;
  }
}

TEST_P(OptionRowTest, IsOfferedForANameWithoutItsLastLetter) {
  std::string name(GetParam().name);
  name.pop_back();
  EXPECT_THAT(ProblemsOf(absl::StrFormat("[%s]\n%s = 1\n", GetParam().table, name)),
              AllOf(StartsWith(absl::StrFormat("t.toml:2: %s.%s: there is no such option; did you "
                                               "mean %s?",
                                               GetParam().table, name, GetParam().name))));
}

TEST_P(OptionRowTest, IsSentToItsTableFromOutsideOne) {
  EXPECT_EQ(ProblemsOf(Line(GetParam().fallback)),
            absl::StrFormat("t.toml:1: %s: stands outside its table: write it below [%s]\n",
                            GetParam().name, GetParam().table));
}

}  // namespace
}  // namespace pathwatch::config
