#include "service/cli/multipath_conflicts.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::cli {
namespace {

const PluginPlaces kInstalled = {.directories = {"/lib/multipath"}, .holding = {"/lib/multipath"}};

Array Judged() {
  return {.vendor = "NETAPP",
          .product = "LUN C-Mode",
          .luns = 2,
          .alua_luns = 2,
          .unread_luns = 0,
          .own_checker = ""};
}

Array Rdac() {
  Array array = Judged();
  array.vendor = "IBM";
  array.product = "1746";
  array.own_checker = "rdac";
  return array;
}

Findings Conflicts(const std::string& text, const ArraySurvey& survey = {{Judged()}, {}}) {
  MultipathConf conf;
  AddMultipathText(text, "file", conf);
  return MultipathConflicts(conf, survey, kInstalled);
}

std::string Device(const std::string& vendor, const std::string& settings) {
  return "devices {\ndevice {\nvendor \"" + vendor + "\"\nproduct \".*\"\n" + settings + "}\n}\n";
}

// The sentence of the only finding, a warning with a remedy.
std::string Only(const Findings& findings) {
  EXPECT_EQ(findings.size(), 1U);
  if (findings.size() != 1) return "";
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_FALSE(findings[0].remedy.empty());
  return findings[0].text;
}

TEST(MultipathConflictsTest, ConfigurationWithoutConflictsIsSilent) {
  for (const std::string& text :
       {std::string(), std::string("overrides {\npath_checker pathwatch\ndetect_checker no\n}\n"),
        std::string("defaults {\npath_checker tur\ndetect_prio yes\n}\n"),
        Device("^NETAPP$", "path_checker pathwatch\ndetect_checker no\n"),
        Device("IBM", "path_checker rdac\nprio alua\ndetect_prio no\n")}) {
    EXPECT_TRUE(Conflicts(text).empty()) << text << "\n" << FindingsAsText(Conflicts(text));
  }
}

TEST(MultipathConflictsTest, OverridesBeatSectionsOfDevices) {
  EXPECT_EQ(Only(Conflicts("overrides {\npath_checker tur\n}\n")),
            "overrides: path_checker tur beats what the sections of devices say");
  EXPECT_EQ(Only(Conflicts("overrides {\ndetect_checker yes\n}\n")),
            "overrides: detect_checker yes beats what the sections of devices say");
}

TEST(MultipathConflictsTest, PluginForAnArrayThatNeedsItsOwnCheckerIsAWarning) {
  const ArraySurvey survey = {{Rdac(), Judged()}, {}};
  EXPECT_EQ(Only(Conflicts("overrides {\npath_checker pathwatch\ndetect_checker no\n}\n", survey)),
            "overrides: path_checker pathwatch beats rdac, which IBM 1746 needs");
  EXPECT_EQ(
      Only(Conflicts(Device("^(IBM|NETAPP)$", "path_checker pathwatch\n"), survey)),
      "device ^(IBM|NETAPP)$/.*: path_checker pathwatch is for IBM 1746 too, which needs rdac");
}

TEST(MultipathConflictsTest, OtherSectionForTheSameArrayIsAWarning) {
  EXPECT_EQ(
      Only(Conflicts(Device("NET", "path_checker directio\n"))),
      "device NET/.*: path_checker directio is for NETAPP LUN C-Mode too, and what multipathd "
      "reads last counts");
  EXPECT_EQ(Only(Conflicts(Device("NET", "detect_checker yes\n"))),
            "device NET/.*: detect_checker yes is for NETAPP LUN C-Mode too, and what multipathd "
            "reads last counts");
}

TEST(MultipathConflictsTest, PrioritiesThatCostACommandForEachCheckAreAWarning) {
  for (const std::string& text : {std::string("defaults {\nprio alua\ndetect_prio no\n}\n"),
                                  std::string("overrides {\nprio \"alua exclusive_pref_bit\"\n}\n"
                                              "defaults {\ndetect_prio no\nprio const\n}\n"),
                                  std::string("defaults {\ndetect_prio no\n}\n"),
                                  Device("NETAPP", "detect_prio no\nprio alua\n")}) {
    const Findings findings = Conflicts(text);
    EXPECT_GE(findings.size(), 1U) << text;
    for (const Finding& finding : findings) {
      EXPECT_NE(finding.text.find("REPORT TARGET PORT GROUPS of its own for each check"),
                std::string::npos)
          << finding.text;
    }
  }
}

TEST(MultipathConflictsTest, PrioAluaThatDetectionReplacesIsNone) {
  EXPECT_TRUE(Conflicts("defaults {\nprio alua\n}\n").empty());
  EXPECT_TRUE(Conflicts("defaults {\nprio const\ndetect_prio no\n}\n").empty());
}

TEST(MultipathConflictsTest, ArraysWithoutOrWithForeignHandlersAreWarnings) {
  const DeviceHandler detached = {.hctl = {3, 0, 0, 1},
                                  .vendor = "NETAPP",
                                  .product = "LUN C-Mode",
                                  .alua = true,
                                  .handler = "detached"};
  DeviceHandler rdac = detached;
  rdac.product = "INF-01-00";
  rdac.handler = "rdac";
  const Findings findings = Conflicts("", {{Judged()}, {detached, rdac}});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_NE(FindingsAsText(findings).find("no handler of the kernel is attached to 1 path of "
                                          "NETAPP LUN C-Mode (3:0:0:1)"),
            std::string::npos);
  EXPECT_NE(FindingsAsText(findings).find("path_checker rdac"), std::string::npos);
}

TEST(MultipathConflictsTest, PluginThatIsNotInstalledIsAWarning) {
  const PluginPlaces places = {.directories = {"/lib/multipath"}, .holding = {}};
  EXPECT_EQ(Only(MultipathConflicts({}, {{Judged()}, {}}, places)),
            "libcheckpathwatch.so is not in /lib/multipath");
}

TEST(MultipathConflictsTest, LogicalUnitsThatWereNotReadYetAreAWarning) {
  Array array = Judged();
  array.unread_luns = 1;
  EXPECT_EQ(Only(Conflicts("", {{array}, {}})),
            "1 logical unit of NETAPP LUN C-Mode were not read yet");
}

TEST(MultipathConflictsTest, FileThatCannotBeReadAsMeantIsAWarning) {
  EXPECT_NE(Only(Conflicts("defaults {\n")).find("has no closing brace"), std::string::npos);
}

}  // namespace
}  // namespace pathwatch::cli
