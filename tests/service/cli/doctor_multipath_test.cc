#include "service/cli/doctor_multipath.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::cli {
namespace {

// multipathd runs, and the plugin is installed.
MultipathFacts Facts(const std::string& conf) {
  MultipathFacts facts = {
      .pid = 812,
      .conf = {},
      .plugin = {.directories = {"/lib/multipath"}, .holding = {"/lib/multipath"}}};
  AddMultipathText(conf, "/etc/multipath.conf", facts.conf);
  return facts;
}

TEST(DoctorMultipathTest, DaemonWithItsOwnCheckerIsNoted) {
  const Findings findings = JudgeMultipath(Facts("defaults {\nuser_friendly_names yes\n}\n"));
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_TRUE(findings[0].text.starts_with(
      "running (pid 812); it sends checks of its own beside those of pathwatch ('pathwatch doctor "
      "--multipath-conf' "))
      << findings[0].text;
  EXPECT_EQ(findings[1].text, "nothing about checks: multipathd's built-in settings count");
}

TEST(DoctorMultipathTest, WhichCheckerIsConfiguredWhere) {
  const Findings findings =
      JudgeMultipath(Facts("defaults {\npolling_interval 10\npath_checker tur\n}\n"
                           "devices {\ndevice {\nvendor A\nproduct B\npath_checker rdac\n}\n}\n"));
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[1].text, "defaults: path_checker tur, polling_interval 10");
  EXPECT_EQ(findings[2].text, "device A/B: path_checker rdac");
  EXPECT_EQ(Worst(findings), Level::kOk);
}

TEST(DoctorMultipathTest, PluginThatIsDetectedAwayIsAWarning) {
  for (const std::string detect : {"", "detect_checker yes\n"}) {
    const Findings findings =
        JudgeMultipath(Facts("overrides {\npath_checker \"pathwatch\"\n" + detect + "}\n"));
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[1].level, Level::kWarning);
    EXPECT_NE(findings[1].remedy.find("detect_checker no"), std::string::npos);
  }
}

TEST(DoctorMultipathTest, DetectionIsLookedUpAsMultipathdDoes) {
  const std::string device = "devices {\ndevice {\nvendor A\nproduct B\npath_checker pathwatch\n";
  EXPECT_EQ(Worst(JudgeMultipath(Facts("defaults {\ndetect_checker no\n}\n"
                                       "overrides {\npath_checker pathwatch\n}\n"))),
            Level::kOk);
  EXPECT_EQ(Worst(JudgeMultipath(Facts("overrides {\ndetect_checker no\n}\n" + device + "}\n}\n"))),
            Level::kOk);
  EXPECT_EQ(Worst(JudgeMultipath(Facts("defaults {\ndetect_checker no\n}\n" + device +
                                       "detect_checker yes\n}\n}\n"))),
            Level::kWarning);
  EXPECT_EQ(Worst(JudgeMultipath(Facts("overrides {\ndetect_checker yes\n}\n" + device +
                                       "detect_checker no\n}\n}\n"))),
            Level::kWarning);
}

TEST(DoctorMultipathTest, PluginInTheOverridesIsForAllPaths) {
  const Findings findings =
      JudgeMultipath(Facts("overrides {\npath_checker pathwatch\ndetect_checker no\n}\n"));
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "running (pid 812); it takes the states of paths from pathwatch");
}

TEST(DoctorMultipathTest, PluginInADeviceOrTheDefaultsIsForSomePaths) {
  for (const std::string conf :
       {"defaults {\npath_checker pathwatch\ndetect_checker no\n}\n",
        "devices {\ndevice {\nvendor A\npath_checker pathwatch\ndetect_checker no\n}\n}\n"}) {
    EXPECT_EQ(JudgeMultipath(Facts(conf))[0].text,
              "running (pid 812); it takes the states of some paths from pathwatch, and sends "
              "checks of its own to the others");
    const Findings overridden =
        JudgeMultipath(Facts(conf + "overrides {\npath_checker directio\n}\n"));
    EXPECT_NE(overridden[0].text.find("it sends checks of its own beside"), std::string::npos)
        << overridden[0].text;
  }
}

TEST(DoctorMultipathTest, HostWithoutMultipathIsOk) {
  const Findings findings = JudgeMultipath({});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "not running");
  EXPECT_EQ(findings[1].text, "there is none: multipathd's built-in settings count");
}

TEST(DoctorMultipathTest, PluginThatIsNamedAndInstalledIsOk) {
  const Findings findings =
      JudgeMultipath(Facts("overrides {\npath_checker pathwatch\ndetect_checker no\n}\n"));
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[2].name, "plugin");
  EXPECT_EQ(findings[2].text, "libcheckpathwatch.so is in /lib/multipath");
}

TEST(DoctorMultipathTest, PluginThatIsNamedAndMissingIsAProblem) {
  MultipathFacts facts = Facts("defaults {\npath_checker pathwatch\ndetect_checker no\n}\n");
  facts.plugin.holding = {};
  const Findings findings = JudgeMultipath(facts);
  EXPECT_EQ(Worst(findings), Level::kProblem);
  EXPECT_EQ(findings.back().text,
            "the configuration names the checker pathwatch, but libcheckpathwatch.so is not in "
            "/lib/multipath: multipathd then has no checker for these devices, and fails no path "
            "of them");
  EXPECT_TRUE(findings.back().remedy.starts_with(
      "Install libcheckpathwatch.so in /lib/multipath and restart multipathd"))
      << findings.back().remedy;
}

TEST(DoctorMultipathTest, PluginWhereMultipathdDoesNotLookIsMissing) {
  MultipathFacts facts = Facts("overrides {\npath_checker pathwatch\ndetect_checker no\n}\n");
  facts.plugin.holding = {"/usr/lib64/multipath"};
  const Finding finding = JudgeMultipath(facts).back();
  EXPECT_EQ(finding.level, Level::kProblem);
  EXPECT_NE(finding.text.find("(it is in /usr/lib64/multipath, where multipathd does not look)"),
            std::string::npos)
      << finding.text;
}

TEST(DoctorMultipathTest, PluginThatNobodyNamesIsNoFinding) {
  MultipathFacts facts = Facts("defaults {\npath_checker tur\n}\n");
  facts.plugin.holding = {};
  EXPECT_EQ(JudgeMultipath(facts).size(), 2U);
}

TEST(DoctorMultipathTest, BrokenFileIsAWarning) {
  const Findings findings = JudgeMultipath(Facts("defaults {\n"));
  EXPECT_EQ(Worst(findings), Level::kWarning);
}

}  // namespace
}  // namespace pathwatch::cli
