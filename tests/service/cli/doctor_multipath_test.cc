#include "service/cli/doctor_multipath.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

MultipathFacts Facts(const std::string& conf) {
  MultipathFacts facts = {.pid = 812, .conf = {}};
  AddMultipathText(conf, "/etc/multipath.conf", facts.conf);
  return facts;
}

TEST(DoctorMultipathTest, DaemonWithItsOwnCheckerIsNoted) {
  const Findings findings = JudgeMultipath(Facts("defaults {\nuser_friendly_names yes\n}\n"));
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_TRUE(
      findings[0].text.starts_with("running (pid 812); disks that it manages are checked "
                                   "twice"))
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
    ASSERT_EQ(findings.size(), 2U);
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

TEST(DoctorMultipathTest, PluginInTheOverridesEndsTheDoubleChecks) {
  const Findings findings =
      JudgeMultipath(Facts("overrides {\npath_checker pathwatch\ndetect_checker no\n}\n"));
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "running (pid 812); it takes the states of paths from pathwatch");
}

TEST(DoctorMultipathTest, PluginInTheDefaultsDoesNot) {
  const Findings findings =
      JudgeMultipath(Facts("defaults {\npath_checker pathwatch\ndetect_checker no\n}\n"));
  EXPECT_NE(findings[0].text.find("twice"), std::string::npos) << findings[0].text;
}

TEST(DoctorMultipathTest, HostWithoutMultipathIsOk) {
  const Findings findings = JudgeMultipath({});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "not running");
  EXPECT_EQ(findings[1].text, "there is none: multipathd's built-in settings count");
}

TEST(DoctorMultipathTest, BrokenFileIsAWarning) {
  const Findings findings = JudgeMultipath(Facts("defaults {\n"));
  EXPECT_EQ(Worst(findings), Level::kWarning);
}

TEST(DoctorMultipathTest, DaemonIsFoundByItsName) {
  discovery::SysfsTree proc;
  proc.Write("1/comm", "systemd\n");
  proc.Write("977/comm", "multipathd\n");
  proc.Write("812/comm", "multipathd\n");
  proc.Write("813/comm", "multipathd-not\n");
  proc.Write("self/comm", "multipathd\n");
  proc.MakeDirectory("5");
  EXPECT_EQ(FindProcess(proc.root(), "multipathd"), 812U);
  EXPECT_EQ(FindProcess(proc.root(), "pathwatchd"), std::nullopt);
  EXPECT_EQ(FindProcess(proc.root() + "/missing", "multipathd"), std::nullopt);
}

}  // namespace
}  // namespace pathwatch::cli
