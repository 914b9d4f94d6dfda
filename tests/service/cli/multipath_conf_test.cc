#include "service/cli/multipath_conf.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

MultipathConf Parse(const std::string& text) {
  MultipathConf conf;
  AddMultipathText(text, "file", conf);
  return conf;
}

TEST(MultipathConfTest, SettingsOfEachKindOfSection) {
  const MultipathConf conf = Parse(
      "# a comment\n"
      "defaults {\n"
      "\tpolling_interval 10   # another one\n"
      "\tuser_friendly_names yes\n"
      "\tpath_checker \"tur\"   ! and another\n"
      "}\n"
      "devices {\n"
      "  device {\n"
      "    vendor \"NETAPP\"\n"
      "    product \"LUN.*\"\n"
      "    path_checker directio\n"
      "  }\n"
      "}\n"
      "overrides {\n"
      "  detect_checker no\n"
      "  checker_timeout 60\n"
      "}\n");
  EXPECT_TRUE(conf.remarks.empty());
  ASSERT_EQ(conf.sections.size(), 3U);
  EXPECT_EQ(Setting(conf, "defaults", "polling_interval"), "10");
  EXPECT_EQ(Setting(conf, "defaults", "path_checker"), "tur");
  EXPECT_EQ(Setting(conf, "defaults", "user_friendly_names"), "");
  EXPECT_EQ(Setting(conf, "device NETAPP/LUN.*", "path_checker"), "directio");
  EXPECT_EQ(Setting(conf, "overrides", "detect_checker"), "no");
  EXPECT_EQ(Setting(conf, "overrides", "checker_timeout"), "60");
}

TEST(MultipathConfTest, BraceMayStandInALineOfItsOwn) {
  const MultipathConf conf = Parse("defaults\n{\npath_checker tur\n}\n");
  EXPECT_EQ(Setting(conf, "defaults", "path_checker"), "tur");
  EXPECT_TRUE(conf.remarks.empty());
}

TEST(MultipathConfTest, BracesAndCommentsInQuotesAreText) {
  const MultipathConf conf = Parse(
      "devices {\ndevice {\nvendor \"{\"\nproduct \"a # \"\"b\"\" }\"\npath_checker tur\n}\n}\n");
  EXPECT_EQ(Setting(conf, "device {/a # \"b\" }", "path_checker"), "tur");
  EXPECT_TRUE(conf.remarks.empty());
}

TEST(MultipathConfTest, LastWordCounts) {
  MultipathConf conf = Parse("overrides {\npath_checker tur\npath_checker directio\n}\n");
  AddMultipathText("overrides {\npath_checker pathwatch\n}\n", "other", conf);
  ASSERT_EQ(conf.sections.size(), 1U);
  EXPECT_EQ(Setting(conf, "overrides", "path_checker"), "pathwatch");
  EXPECT_EQ(conf.files.size(), 2U);
}

TEST(MultipathConfTest, SectionsThatConfigureNoChecksAreLeftOut) {
  const MultipathConf conf = Parse(
      "blacklist {\ndevice {\nvendor X\npath_checker tur\n}\n}\n"
      "multipaths {\nmultipath {\nwwid 1\n}\n}\n"
      "overrides {\nprotocol {\ntype scsi\npath_checker tur\n}\n}\n"
      "path_checker tur\n");
  EXPECT_TRUE(conf.sections.empty());
  EXPECT_TRUE(conf.remarks.empty());
}

TEST(MultipathConfTest, MissingBraceIsARemarkAndWhatWasReadCounts) {
  const MultipathConf conf = Parse("devices {\ndevice {\nvendor A\nproduct B\npath_checker tur\n");
  EXPECT_EQ(Setting(conf, "device A/B", "path_checker"), "tur");
  ASSERT_EQ(conf.remarks.size(), 1U);
  EXPECT_EQ(conf.remarks[0], "file: the section 'device' has no closing brace");
}

TEST(MultipathConfTest, BraceTooManyIsOneRemark) {
  const MultipathConf conf = Parse("defaults {\n}\n}\n}\n}\n");
  ASSERT_EQ(conf.remarks.size(), 1U);
  EXPECT_EQ(conf.remarks[0], "file: line 3 closes no section");
}

TEST(MultipathConfTest, EndlessBracesAndQuotesAreHarmless) {
  EXPECT_EQ(Parse(std::string(1'000'000, '{')).remarks.size(), 1U);
  EXPECT_EQ(Parse(std::string(1'000'000, '}')).remarks.size(), 1U);
  EXPECT_TRUE(Parse(std::string(1'000'001, '"')).sections.empty());
  EXPECT_TRUE(Parse("").sections.empty());
  EXPECT_TRUE(Parse(std::string("defaults\0{", 10)).sections.empty());
}

TEST(MultipathConfTest, AnyTextIsHarmless) {
  const std::string pieces[] = {
      "defaults", "devices", "device", "path_checker", "{", "}", "\n", "\"",
      " ",        "#",       "!",      "\t",           "no"};
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 2'000; i++) {
    std::string text;
    for (int n = 0; n < 60; n++) text += pieces[random() % std::size(pieces)];
    const MultipathConf conf = Parse(text);
    for (const MultipathSection& section : conf.sections) {
      EXPECT_FALSE(section.settings.empty()) << text;
    }
    EXPECT_LE(conf.remarks.size(), 2U) << text;
  }
}

TEST(MultipathConfTest, SettingIsLookedUpAsMultipathdDoes) {
  const std::string defaults = "defaults {\nprio alua\n}\n";
  const std::string device = "devices {\ndevice {\nvendor A\nprio sysfs\n}\n}\n";
  const std::string overrides = "overrides {\nprio const\n}\n";
  MultipathConf conf = Parse(device);
  EXPECT_EQ(EffectiveSetting(conf, conf.sections[0], "detect_prio"), "");
  conf = Parse(device + defaults);
  EXPECT_EQ(EffectiveSetting(conf, conf.sections[0], "prio"), "sysfs");
  conf = Parse("devices {\ndevice {\nvendor A\npath_checker tur\n}\n}\n" + defaults);
  EXPECT_EQ(EffectiveSetting(conf, conf.sections[0], "prio"), "alua");
  conf = Parse(device + defaults + overrides);
  EXPECT_EQ(EffectiveSetting(conf, conf.sections[0], "prio"), "const");
}

TEST(MultipathConfTest, PatternsAreExtendedRegularExpressions) {
  const MultipathConf conf = Parse(
      "devices {\ndevice {\nvendor \"(NETAPP|LSI)\"\nproduct \"^INF-0.-00$\"\nprio rdac\n}\n"
      "device {\nvendor IBM\nprio alua\n}\ndevice {\nvendor \"[\"\nprio alua\n}\n}\n"
      "defaults {\nprio const\n}\n");
  ASSERT_EQ(conf.sections.size(), 4U);
  EXPECT_TRUE(Matches(conf.sections[0], "LSI", "INF-01-00"));
  EXPECT_FALSE(Matches(conf.sections[0], "LSI", "INF-01-000"));
  EXPECT_FALSE(Matches(conf.sections[0], "IBM", "INF-01-00"));
  EXPECT_TRUE(Matches(conf.sections[1], "IBM", "anything"));
  EXPECT_FALSE(Matches(conf.sections[2], "[", ""));
  EXPECT_FALSE(Matches(conf.sections[3], "IBM", "1742"));
}

TEST(MultipathConfTest, FilesAreReadInTheOrderOfTheirNames) {
  discovery::SysfsTree etc;
  etc.Write("multipath.conf", "defaults {\npath_checker tur\npolling_interval 5\n}\n");
  etc.Write("multipath/conf.d/b.conf", "defaults {\npath_checker pathwatch\n}\n");
  etc.Write("multipath/conf.d/a.conf", "defaults {\npath_checker directio\n}\n");
  etc.Write("multipath/conf.d/c.off", "defaults {\npath_checker none\n}\n");
  const MultipathConf conf = ReadMultipathConf(etc.root());
  EXPECT_EQ(conf.files.size(), 3U);
  EXPECT_EQ(Setting(conf, "defaults", "path_checker"), "pathwatch");
  EXPECT_EQ(Setting(conf, "defaults", "polling_interval"), "5");
}

TEST(MultipathConfTest, NoFileIsNoRemarkAndADirectoryIsOne) {
  discovery::SysfsTree etc;
  EXPECT_TRUE(ReadMultipathConf(etc.root()).remarks.empty());
  etc.MakeDirectory("multipath.conf");
  EXPECT_EQ(ReadMultipathConf(etc.root()).remarks.size(), 1U);
}

}  // namespace
}  // namespace pathwatch::cli
