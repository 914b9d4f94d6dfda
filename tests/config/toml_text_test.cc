// Texts that are no TOML, or TOML in a form that few use.
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

std::int64_t Interval(std::string text) {
  return GoodText(std::move(text)).Number(OptionId::kInterval) / kSecondNs;
}

std::string Repeat(std::string_view text, int times) {
  std::string all;
  for (; times > 0; --times) all += text;
  return all;
}

TEST(TomlTextTest, EmptyFileIsFine) { EXPECT_EQ(ProblemsOf(""), ""); }

TEST(TomlTextTest, CommentsAloneAreFine) { EXPECT_EQ(ProblemsOf("# a\n\n  # b"), ""); }

TEST(TomlTextTest, TableWithoutOptionsIsFine) {
  EXPECT_EQ(ProblemsOf("[check]\n[fc]\n[array]\n[array.\"LSI/*\"]\n[metrics]\n"), "");
}

TEST(TomlTextTest, OrdinaryTableIsRead) { EXPECT_EQ(Interval("[check]\ninterval = \"7s\"\n"), 7); }

TEST(TomlTextTest, DottedKeyIsRead) {
  EXPECT_EQ(Interval("check.interval = \"7s\""), 7);
  EXPECT_EQ(Interval("check . interval = '7s'"), 7);
  EXPECT_EQ(Interval("\"check\".'interval' = \"7s\""), 7);
}

TEST(TomlTextTest, InlineTableIsRead) { EXPECT_EQ(Interval("check = {interval = \"7s\"}"), 7); }

TEST(TomlTextTest, ArrayAsDottedKeyAndInlineTableIsRead) {
  const Target lsi = Device("LSI", "INF");
  for (const std::string text :
       {"array.\"LSI/INF\".interval = \"7s\"", "array = {\"LSI/INF\" = {interval = \"7s\"}}",
        "[array]\n\"LSI/INF\" = {interval = \"7s\"}"}) {
    EXPECT_EQ(GoodText(text).Number(OptionId::kInterval, lsi), 7 * kSecondNs) << text;
  }
}

TEST(TomlTextTest, TextInThreeQuotesIsRead) {
  EXPECT_EQ(Interval("[check]\ninterval = \"\"\"7s\"\"\"\n"), 7);
}

TEST(TomlTextTest, CarriageReturnsBeforeLineEndsAreFine) {
  EXPECT_EQ(Interval("[check]\r\ninterval = \"7s\"\r\n"), 7);
  EXPECT_THAT(ProblemsOf("[check]\r\n\r\nx = 1\r\n"), StartsWith("t.toml:3: "));
}

TEST(TomlTextTest, ByteOrderMarkIsFine) {
  EXPECT_EQ(Interval("\xef\xbb\xbf[check]\ninterval = \"7s\"\n"), 7);
}

TEST(TomlTextTest, NulByteIsNamedWithLineAndColumn) {
  using std::string_literals::operator""s;
  EXPECT_EQ(ProblemsOf("# ok\n# x\0y\n"s),
            "t.toml:2: byte 4 of the line is 0: this is no text file, write it again\n");
}

TEST(TomlTextTest, ByteThatIsNotUtf8IsNamedWithLineAndColumn) {
  // 6 characters in 7 bytes before it.
  EXPECT_EQ(ProblemsOf("\n\n# a\xc3\xa4 b\xe4"),
            "t.toml:3: byte 8 of the line (0xe4) is not UTF-8: save the file in that encoding\n");
}

TEST(TomlTextTest, EveryFormOfWrongUtf8IsRefused) {
  for (const std::string wrong :
       {"\x80", "\xc3", "\xc3x", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff\xfe"}) {
    EXPECT_THAT(ProblemsOf("# " + wrong), HasSubstr("byte 3 of the line")) << wrong;
  }
}

TEST(TomlTextTest, EveryLengthOfUtf8IsFine) {
  EXPECT_EQ(ProblemsOf("# \x7e \xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xef\xbf\xbd "
                       "\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf\n"),
            "");
}

TEST(TomlTextTest, WordWithoutQuotesIsToldToHaveThem) {
  EXPECT_THAT(ProblemsOf("[check]\ninterval = 5s\n"),
              AllOf(StartsWith("t.toml:2: not valid TOML at column 13"), HasSubstr("saw 's'"),
                    HasSubstr("in quotes, as \"5s\"")));
  EXPECT_THAT(ProblemsOf("[daemon]\nlog_level = info\n"), HasSubstr("in quotes"));
}

TEST(TomlTextTest, MissingQuoteIsSuspected) {
  EXPECT_THAT(ProblemsOf("[check]\ninterval = \"5s\n"),
              AllOf(StartsWith("t.toml:2: "), HasSubstr("is the quote at the end missing?")));
  EXPECT_THAT(ProblemsOf("[check]\ninterval = \"5s"), HasSubstr("a quote is missing"));
}

TEST(TomlTextTest, OtherSyntaxErrorsNameTheLine) {
  EXPECT_THAT(ProblemsOf("\n[check\n"), StartsWith("t.toml:2: not valid TOML at column "));
  EXPECT_THAT(ProblemsOf("check\n"), HasSubstr("expected '='"));
  EXPECT_THAT(ProblemsOf("interval : 5"), HasSubstr("saw ':'"));
  EXPECT_THAT(ProblemsOf("[check]\ninterval =\n"), HasSubstr("expected value"));
}

TEST(TomlTextTest, TextOnWhichTheParserStumblesNamesTheLine) {
  for (const std::string text : {"[[[check]]]", "[[=", "[[.a]]", "x = 1979-05-27Tx", "[[ "}) {
    EXPECT_THAT(ProblemsOf("\n[check]\ninterval = \"5s\"\n" + text + "\n\n[fc]\n"),
                StartsWith("t.toml:4: not valid TOML"))
        << text;
    EXPECT_THAT(ProblemsOf(text), StartsWith("t.toml:1: not valid TOML")) << text;
  }
  // A large file is not searched for the line.
  EXPECT_THAT(ProblemsOf("[[[\n#" + std::string(1 << 16, 'x')), StartsWith("t.toml: not valid"));
}

TEST(TomlTextTest, WhatIsFoundIsMadePrintable) {
  EXPECT_THAT(ProblemsOf("a = 1 \x1b[31m"), Not(HasSubstr("\x1b")));
  EXPECT_THAT(ProblemsOf("\xc3\xa4 = 1"), HasSubstr("\\xc3\\xa4"));
}

TEST(TomlTextTest, OptionThatIsGivenTwiceIsNamed) {
  EXPECT_EQ(ProblemsOf("[check]\ninterval = \"5s\"\ninterval = \"6s\"\n"),
            "t.toml:3: interval: is given twice in this file: keep one of them\n");
  EXPECT_THAT(ProblemsOf("check.interval = \"5s\"\ncheck.interval = \"6s\"\n"),
              HasSubstr("check.interval: is given twice"));
}

TEST(TomlTextTest, TableThatStandsTwiceIsNamed) {
  EXPECT_EQ(ProblemsOf("[check]\n[fc]\n[check]\n"),
            "t.toml:3: [check]: stands twice in this file: put all its options below one of "
            "them\n");
}

TEST(TomlTextTest, SyntaxErrorIsTheOnlyProblemOfItsFile) {
  const std::vector<SourceFile> files = {{"a", "[nonsense]\n[broken\n"}, {"b", "x = 1"}};
  EXPECT_THAT(ProblemsIn(Load(files, {})),
              MatchesRegex("a:2: not valid TOML[^\n]*\nb:1: x: there is no such table[^\n]*\n"));
}

TEST(TomlTextTest, DeepNestingOfListsAndInlineTablesIsRefused) {
  EXPECT_THAT(ProblemsOf("x = " + std::string(10'000, '[')), HasSubstr("nested value depth"));
  EXPECT_THAT(ProblemsOf("x = " + Repeat("{a = ", 10'000)), HasSubstr("nested value depth"));
  EXPECT_THAT(ProblemsOf(std::string(10'000, '[')), StartsWith("t.toml:1: not valid TOML"));
}

TEST(TomlTextTest, KeysOfManyPartsAreRefused) {
  const std::string deep = "a" + Repeat(".a", 1'000'000);
  const std::string parts = "byte 66 of the line is in a name of more than 32 parts";
  EXPECT_THAT(ProblemsOf("\n[" + deep + "]"), AllOf(StartsWith("t.toml:2: "), HasSubstr("parts")));
  EXPECT_THAT(ProblemsOf("[[" + deep + "]]"), HasSubstr("parts"));
  EXPECT_THAT(ProblemsOf("  " + deep + " = 1"), HasSubstr(parts));
  EXPECT_THAT(ProblemsOf("x = {" + deep + " = 1}"), HasSubstr("parts"));
  EXPECT_THAT(ProblemsOf("x = '''\n''', \"a''\"]\n" + deep), HasSubstr("parts"));
  EXPECT_THAT(ProblemsOf("\"" + Repeat("\".\"", 1'000) + "\" = 1"), HasSubstr("parts"));
}

TEST(TomlTextTest, DeepestThatIsReadDoesNoHarm) {
  const std::string key = "a" + Repeat(".a", 31);
  std::string text = "[" + key + "]\n";
  for (int level = 0; level < 31; ++level) text += key + " = {";
  text += key + " = 1" + std::string(31, '}');
  EXPECT_THAT(ProblemsOf(text), HasSubstr("a: there is no such table"));
}

TEST(TomlTextTest, DotsInTextsAndCommentsAreNoParts) {
  const std::string dots(1'000, '.');
  EXPECT_THAT(
      ProblemsOf("# " + dots + "\n[paths]\ninclude = [\"wwid=" + dots + "\", 'wwid=" + dots +
                 "',\n\"\"\"wwid=\"" + dots + "\\\"\"\"\"\"\", '''wwid='\"" + dots + "''''']"),
      "");
}

}  // namespace
}  // namespace pathwatch::config
