#include "service/cli/doctor_daemon.h"

#include <cerrno>
#include <string>

#include "tests/discovery/sysfs_tree.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

constexpr bool kAlive = true;

class DoctorDaemonTest : public PublishedStateTest {
 protected:
  absl::StatusOr<StateView> Load() const { return LoadState(run_dir(), kNow.boot_now_ns); }
};

pw_path_record Reached(std::uint64_t lun, pw_passthrough passthrough, pw_passthrough_choice choice,
                       std::uint16_t error = 0) {
  pw_path_record path = UpPath(3, lun, "sda");
  path.passthrough = static_cast<std::uint8_t>(passthrough);
  path.passthrough_choice = static_cast<std::uint8_t>(choice);
  path.passthrough_error = error;
  return path;
}

TEST_F(DoctorDaemonTest, RunningDaemonIsOk) {
  Publish({UpPath(3, 1, "sda"), PathInState(3, 2, "sdb", PW_STATE_REMOVED)});
  const Finding finding = JudgeDaemon(Load(), kAlive);
  EXPECT_EQ(finding.level, Level::kOk);
  EXPECT_EQ(finding.text, "pathwatchd 0.1.0 (pid 812) runs and watches 1 path");
}

TEST_F(DoctorDaemonTest, DaemonThatStandsStillIsAProblem) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  const Finding finding = JudgeDaemon(Load(), kAlive);
  EXPECT_EQ(finding.level, Level::kProblem);
  EXPECT_EQ(finding.text,
            "pathwatchd 0.1.0 (pid 812) is there but stands still; its last sign of life is 42 s "
            "old");
}

TEST_F(DoctorDaemonTest, DaemonThatHasEndedIsAWarning) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  const Finding finding = JudgeDaemon(Load(), !kAlive);
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_NE(finding.text.find("has ended"), std::string::npos) << finding.text;
  EXPECT_TRUE(finding.remedy.starts_with("Start pathwatchd")) << finding.remedy;
}

TEST_F(DoctorDaemonTest, NoDaemonIsAWarningThatSaysHowToStartIt) {
  const Finding finding = JudgeDaemon(Load(), !kAlive);
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_EQ(finding.text, run_dir() + "/state: there is no state file");
  EXPECT_EQ(finding.remedy, "Start pathwatchd, or name its --run-dir.");
}

TEST_F(DoctorDaemonTest, ErrorOfASystemCallIsNoRemedy) {
  const Finding finding = JudgeDaemon(
      absl::UnavailableError("/run/state: the state file cannot be opened or read: Bad thing"),
      !kAlive);
  EXPECT_NE(finding.text.find("Bad thing"), std::string::npos) << finding.text;
  EXPECT_TRUE(finding.remedy.starts_with("Start pathwatchd")) << finding.remedy;
}

TEST_F(DoctorDaemonTest, ItsWaysAreGroupedByReason) {
  Publish({Reached(1, PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NO_COMMANDS, EOPNOTSUPP),
           Reached(2, PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NO_COMMANDS, EOPNOTSUPP),
           Reached(3, PW_PASSTHROUGH_BSG_URING, PW_CHOICE_BEST),
           PathInState(3, 4, "sdd", PW_STATE_REMOVED)});
  const Findings findings = JudgePublishedWays(*Load());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text,
            "pathwatchd checks 1 path (3:0:0:3) through bsg_uring: the best way that there is");
  EXPECT_EQ(findings[1].text,
            "pathwatchd checks 2 paths (such as 3:0:0:1) through sg_async: the kernel's bsg takes "
            "no io_uring commands (Linux 7.1 and newer do)");
}

TEST_F(DoctorDaemonTest, OlderDaemonGivesNoReason) {
  Publish({UpPath(3, 1, "sda")});
  EXPECT_EQ(JudgePublishedWays(*Load())[0].text,
            "pathwatchd checks 1 path (3:0:0:1) through sg_async");
}

TEST_F(DoctorDaemonTest, PathWithoutAWayAndADoubtfulNodeAreWarnings) {
  Publish({Reached(1, PW_PASSTHROUGH_NONE, PW_CHOICE_NONE, EACCES),
           Reached(2, PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NONSENSE)});
  const Findings findings = JudgePublishedWays(*Load());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].text, "pathwatchd has no way yet to 1 path (3:0:0:1): Permission denied");
  EXPECT_EQ(findings[1].level, Level::kWarning);
}

TEST_F(DoctorDaemonTest, OnlyAPathwatchdIsItsProcess) {
  discovery::SysfsTree proc;
  proc.Write("812/comm", "pathwatchd\n");
  proc.Write("813/comm", "bash\n");
  EXPECT_TRUE(LooksAlive(proc.root(), 812));
  EXPECT_FALSE(LooksAlive(proc.root(), 813));
  EXPECT_FALSE(LooksAlive(proc.root(), 814));
}

}  // namespace
}  // namespace pathwatch::cli
