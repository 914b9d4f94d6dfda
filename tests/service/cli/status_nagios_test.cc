#include <algorithm>
#include <string>
#include <vector>

#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

class StatusNagiosTest : public PublishedStateTest {
 protected:
  Outcome Nagios() { return Run({"status", "--nagios"}); }
};

TEST_F(StatusNagiosTest, AllWellIsOneLine) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_GHOST),
           PathInState(4, 2, "sdd", PW_STATE_REMOVED)});
  const Outcome outcome = Nagios();
  EXPECT_EQ(outcome.out,
            "PATHWATCH OK - 2 paths to 1 logical unit | 'paths'=2;;;0 'unknown'=0;;;0;2 "
            "'up'=1;;;0;2 'ghost'=1;;;0;2 'transitioning'=0;;;0;2 'unavailable'=0;;;0;2 "
            "'down'=0;;;0;2 'no_answer'=0;;;0;2 'unmapped'=0;;;0;2 'wrong_lu'=0;;;0;2 "
            "'removed'=1;;;0 'luns'=1;;;0 'luns_degraded'=0;;;0;1 'luns_no_path'=0;;;0;1 "
            "'heartbeat_age'=0.300s;;;0\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(StatusNagiosTest, DegradedIsAWarningAndTheWorstPathsFollow) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_DOWN)});
  const Outcome outcome = Nagios();
  EXPECT_TRUE(
      outcome.out.starts_with("PATHWATCH WARNING - 2 paths to 1 logical unit, 1 of the "
                              "paths not usable; degraded logical units: 1 | 'paths'=2"))
      << outcome.out;
  EXPECT_TRUE(outcome.out.ends_with("\n4:0:0:1 sdb down: GOOD: the logical unit is ready\n"))
      << outcome.out;
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(StatusNagiosTest, LogicalUnitWithoutAPathIsCritical) {
  Publish({PathInState(3, 1, "sda", PW_STATE_NO_ANSWER), UpPath(3, 2, "sdb"),
           PathInState(4, 2, "sdc", PW_STATE_DOWN)});
  const Outcome outcome = Nagios();
  EXPECT_TRUE(outcome.out.starts_with(
      "PATHWATCH CRITICAL - 3 paths to 2 logical units, 2 of the paths not usable; logical units "
      "without a usable path: 1; degraded logical units: 1 | "))
      << outcome.out;
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(StatusNagiosTest, OnlyTenPathsFollow) {
  std::vector<pw_path_record> paths;
  for (std::uint64_t lun = 0; lun < 12; lun++) {
    paths.push_back(PathInState(3, lun, "sda", PW_STATE_DOWN));
  }
  Publish(paths);
  const std::string out = Nagios().out;
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 12) << out;
  EXPECT_TRUE(out.ends_with("and 2 more that are not usable: see pathwatch paths\n")) << out;
}

TEST_F(StatusNagiosTest, NamesDoNotBeginPerformanceData) {
  Publish({PathInState(3, 1, "s|a\n", PW_STATE_DOWN)});
  EXPECT_NE(Nagios().out.find("\n3:0:0:1 s/a\\x0a down: "), std::string::npos) << Nagios().out;
}

TEST_F(StatusNagiosTest, MissingStateIsUnknownAndSaysSoOnStdout) {
  const Outcome outcome = Nagios();
  EXPECT_EQ(outcome.out, "PATHWATCH UNKNOWN - " + run_dir() +
                             "/state: there is no state file: start pathwatchd, or name its "
                             "--run-dir\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(StatusNagiosTest, StaleStateIsUnknownWhateverItSays) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  const Outcome outcome = Nagios();
  EXPECT_EQ(outcome.out, "PATHWATCH UNKNOWN - the daemon's heartbeat is 42 s old\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(StatusNagiosTest, JsonAtTheSameTimeIsWrongUsage) {
  EXPECT_EQ(Run({"status", "--nagios", "--json"}).code, 64);
}

}  // namespace
}  // namespace pathwatch::cli
