#include "service/cli/doctor_command.h"

#include <sstream>
#include <string>

#include "tests/discovery/sysfs_tree.h"
#include "tests/query/json.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

// A host of files; its nodes are none, so nothing can be reached.
class DoctorCommandTest : public PublishedStateTest {
 protected:
  explicit DoctorCommandTest(const std::string& tree = "scsi_debug") : sysfs_(tree) {
    sysfs_.MakeDirectory("class/scsi_generic");
    etc_.Write("multipath.conf", "overrides {\npath_checker pathwatch\n}\n");
    proc_.Write("90/comm", "multipathd\n");
    proc_.Write("812/comm", "pathwatchd\n");
    proc_.Write("812/limits", "Max open files 4 5 files\nMax locked memory 4 5 bytes\n");
  }

  Outcome Examine(bool json = false) {
    std::ostringstream out;
    std::ostringstream err;
    const Context context{run_dir(), kNow, out, err};
    DoctorOptions options;
    options.json = json;
    options.sysfs_root = sysfs_.root();
    options.dev_dir = dev_.root();
    options.proc_root = proc_.root();
    options.etc_dir = etc_.root();
    options.root_dir = root_.root();
    const int code = RunDoctor(context, options);
    return {.code = code, .out = out.str(), .err = err.str()};
  }

  discovery::SysfsTree sysfs_;
  discovery::SysfsTree dev_;
  discovery::SysfsTree proc_;
  discovery::SysfsTree etc_;
  discovery::SysfsTree root_;
};

TEST_F(DoctorCommandTest, ProblemIsExitCodeTwoAndNamesTheRemedy) {
  Publish({UpPath(3, 1, "sda")});
  const Outcome outcome = Examine();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "");
  for (const std::string expected :
       {"ok       kernel ", "ok       devices             4 paths to SCSI disks on 2 I_T nexuses\n",
        "problem  passthrough         4 devices (such as 2:0:0:0) can be reached neither way: ",
        "What to do: See that udev makes ", "/sg0, and where (--dev).\n",
        "ok       multipathd          running (pid 90); ",
        "warning  multipath.conf      overrides: path_checker pathwatch; ",
        "problem  plugin              the configuration names the checker pathwatch, but ",
        "problem  open files          the running pathwatchd (pid 812) may open 5 files; ",
        "ok       daemon              pathwatchd 0.1.0 (pid 812) runs and watches 1 path\n",
        "ok       passthrough in use  pathwatchd checks 1 path (3:0:0:1) through sg_async\n"}) {
    EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected << "\n" << outcome.out;
  }
}

TEST_F(DoctorCommandTest, ConfigurationIsChecked) {
  EXPECT_NE(Examine().out.find("0 files, 0 options set\n"), std::string::npos);
  etc_.Write("pathwatch/pathwatch.toml", "[check]\nintervall = \"5s\"\n");
  const std::string out = Examine().out;
  EXPECT_NE(out.find("problem  configuration "), std::string::npos) << out;
  EXPECT_NE(out.find(etc_.root() + "/pathwatch/pathwatch.toml:2: check.intervall: "),
            std::string::npos)
      << out;
}

TEST_F(DoctorCommandTest, DevicesThatTheConfigurationLeavesOutAreCountedAndNotJudged) {
  etc_.Write("pathwatch/pathwatch.toml", "[paths]\nexclude = [\"path=2:*:1:*\"]\n");
  const std::string out = Examine().out;
  EXPECT_NE(out.find("2 paths left out by the configuration, [paths] (path=2:*:1:*)\n"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find("2 paths to SCSI disks on 1 I_T nexus\n"), std::string::npos) << out;
}

TEST_F(DoctorCommandTest, JsonSaysTheSame) {
  const Outcome outcome = Examine(/*json=*/true);
  EXPECT_EQ(outcome.code, 2);
  const auto document = query::Parsed(outcome.out);
  EXPECT_STREQ(document["worst"].GetString(), "problem");
  bool problem = false;
  for (const auto& finding : document["findings"].GetArray()) {
    const bool ok = std::string(finding["level"].GetString()) == "ok";
    EXPECT_EQ(std::string(finding["remedy"].GetString()).empty(), ok)
        << finding["text"].GetString();
    problem = problem || std::string(finding["level"].GetString()) == "problem";
  }
  EXPECT_TRUE(problem);
}

TEST_F(DoctorCommandTest, ArrayWithAProprietaryHandlerIsNamedAndHarmless) {
  sysfs_.Write("class/scsi_device/2:0:0:0/device/dh_state", "rdac\n");
  sysfs_.Write("class/scsi_device/2:0:0:0/device/vendor", "LSI\x1b[7m\n");
  sysfs_.Remove("class/scsi_device/2:0:0:0/device/inquiry");
  const std::string out = Examine().out;
  EXPECT_NE(out.find("1 path of LSI\\x1b[7m "), std::string::npos) << out;
}

TEST_F(DoctorCommandTest, DaemonThatStandsStillIsToldFromOneThatHasEnded) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  EXPECT_NE(Examine().out.find("stands still"), std::string::npos);
  proc_.Write("812/comm", "bash\n");
  const std::string out = Examine().out;
  EXPECT_NE(out.find("has ended"), std::string::npos);
  // What it has published is out of date, and its limits are nobody's.
  EXPECT_EQ(out.find("passthrough in use"), std::string::npos);
  EXPECT_EQ(out.find("the running pathwatchd"), std::string::npos);
}

TEST_F(DoctorCommandTest, SysfsThatIsNotThereIsAProblem) {
  sysfs_.Remove("class");
  const Outcome outcome = Examine();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.out.find("problem  devices "), std::string::npos) << outcome.out;
}

class DoctorWithoutDisksTest : public DoctorCommandTest {
 protected:
  DoctorWithoutDisksTest() {
    sysfs_.Remove("class/scsi_device");
    sysfs_.MakeDirectory("class/scsi_device");
    root_.Write("usr/lib/multipath/libchecktur.so", "");
    root_.Write("usr/lib/multipath/libcheckpathwatch.so", "");
  }
};

TEST_F(DoctorWithoutDisksTest, WarningIsExitCodeOne) {
  const Outcome outcome = Examine();
  EXPECT_EQ(outcome.code, 1) << outcome.out;
  EXPECT_NE(outcome.out.find("warning  devices "), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("warning  daemon "), std::string::npos) << outcome.out;
}

TEST_F(DoctorCommandTest, DirectoriesComeFromTheCommandLine) {
  const Outcome outcome =
      Run({"doctor", "--sysfs", sysfs_.root(), "--dev", dev_.root(), "--bsg-dir", "/nowhere"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.out.find(dev_.root() + "/sg0"), std::string::npos) << outcome.out;
}

TEST_F(DoctorCommandTest, HelpTellsTheExitCodes) {
  const Outcome outcome = Run({"doctor", "--help"});
  EXPECT_EQ(outcome.code, 0);
  for (const char* expected : {"--json", "--sysfs DIR", "--dev DIR", "--bsg-dir DIR",
                               "1  the worst finding is a warning", "2  there is a problem"}) {
    EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected;
  }
}

}  // namespace
}  // namespace pathwatch::cli
