#include <cerrno>
#include <string>

#include "tests/query/json.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

class StatusCommandTest : public PublishedStateTest {};

TEST_F(StatusCommandTest, AllWell) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_GHOST), UpPath(3, 2, "sdc"),
           PathInState(4, 2, "sdd", PW_STATE_REMOVED)});
  const Outcome outcome = Run({"status"});
  EXPECT_EQ(outcome.out,
            "paths        3: 2 up, 1 ghost; besides, 1 removed\n"
            "luns         2: 2 complete, 0 degraded, 0 without a usable path\n"
            "passthrough  3 sg_async\n"
            "daemon       pathwatchd 0.1.0, pid 812, up for 119 min, last heartbeat 0.3 s ago\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(StatusCommandTest, DegradedLunShowsItsWorstPaths) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_DOWN)});
  const Outcome outcome = Run({"status"});
  EXPECT_EQ(
      outcome.out,
      "paths        2: 1 up, 1 down\n"
      "luns         1: 0 complete, 1 degraded, 0 without a usable path\n"
      "passthrough  2 sg_async\n"
      "daemon       pathwatchd 0.1.0, pid 812, up for 119 min, last heartbeat 0.3 s ago\n"
      "\n"
      "PATH     DEVICE  STATE  MARKS  SCOPE  SINCE  LAST-CHECK  LATENCY  WWID                 "
      "              HOST   REASON\n"
      "4:0:0:1  sdb     down   -      path   60s    2.0s        812us    "
      "3600a0980000000000000000000000101  host4  GOOD: the logical unit is ready\n");
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(StatusCommandTest, LunWithoutUsablePathIsTheWorst) {
  Publish({PathInState(3, 1, "sda", PW_STATE_NO_ANSWER), UpPath(3, 2, "sdb"),
           PathInState(4, 2, "sdc", PW_STATE_DOWN)});
  EXPECT_EQ(Run({"status"}).code, 2);
  EXPECT_EQ(Run({"status", "--json"}).code, 2);
}

TEST_F(StatusCommandTest, OnlyTenOfTheWorstPathsAreShown) {
  std::vector<pw_path_record> paths;
  for (std::uint64_t lun = 0; lun < 12; lun++) {
    paths.push_back(PathInState(3, lun, "sda", PW_STATE_DOWN));
  }
  Publish(paths);
  const std::string out = Run({"status"}).out;
  EXPECT_NE(out.find("3:0:0:9 "), std::string::npos);
  EXPECT_EQ(out.find("3:0:0:10 "), std::string::npos);
  EXPECT_TRUE(out.ends_with("and 2 more that are not usable: see pathwatch paths\n")) << out;
}

TEST_F(StatusCommandTest, JsonHasEveryStateAndPassthrough) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_NO_ANSWER),
           UncheckedPath(3, 2, "sdc", kSecond), PathInState(4, 2, "sdd", PW_STATE_REMOVED)});
  const Outcome outcome = Run({"status", "--json"});
  EXPECT_EQ(outcome.out,
            R"({"paths":{"total":3,"unknown":1,"up":1,"ghost":0,"transitioning":0,"unavailable":0,)"
            R"("down":0,"no_answer":1,"unmapped":0,"wrong_lu":0,"removed":1},)"
            R"("luns":{"total":2,"degraded":1,"no_path":0},)"
            R"("daemon":{"heartbeat_age_s":0.3,"stale":false,"pid":812,"version":"0.1.0",)"
            R"("uptime_s":7199.7,"epoch":"0000000000abcdef",)"
            R"("passthrough":{"none":1,"bsg_uring":0,"sg_async":2,"simulated":0},)"
            R"("passthrough_reasons":[{"passthrough":"none","paths":1,"reason":""},)"
            R"({"passthrough":"sg_async","paths":2,"reason":""}],)"
            R"("counters":{}}})"
            "\n");
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(StatusCommandTest, JsonHasEveryCounter) {
  Publish({UpPath(3, 1, "sda")});
  pw_counters_record counters{};
  for (std::uint32_t i = 0; i < PW_COUNTERS; i++) counters.values[i] = 100 + i;
  file().PutCounters(counters);
  const auto status = query::Parsed(Run({"status", "--json"}).out);
  const auto& published = status["daemon"]["counters"];
  EXPECT_EQ(published.MemberCount(), std::size_t{PW_COUNTERS});
  EXPECT_EQ(published["checks_sent"].GetUint64(), 100U);
  EXPECT_EQ(published["deferred_host_limit"].GetUint64(), 117U);
  EXPECT_EQ(published["alua_changes"].GetUint64(), 136U);
}

TEST_F(StatusCommandTest, ConfigurationInForceAndAReloadThatFailed) {
  Publish({UpPath(3, 1, "sda")});
  pw_counters_record counters{};
  counters.values[PW_COUNTER_CONFIG_SINCE] =
      static_cast<std::uint64_t>(kNow.boot_now_ns - 720 * kSecond);
  counters.values[PW_COUNTER_CONFIG_FILES] = 2;
  counters.values[PW_COUNTER_CONFIG_SETTINGS] = 7;
  file().PutCounters(counters);
  EXPECT_TRUE(
      Run({"status"})
          .out.ends_with("config       files: 2, options set in them: 7, in force for 12 min\n"))
      << Run({"status"}).out;
  counters.values[PW_COUNTER_DEVICES_LEFT_OUT] = 3;
  counters.values[PW_COUNTER_RELOAD_HAS_FAILED] = 1;
  counters.values[PW_COUNTER_RELOAD_TRIED] =
      static_cast<std::uint64_t>(kNow.boot_now_ns - 42 * kSecond);
  file().PutCounters(counters);
  const std::string out = Run({"status"}).out;
  EXPECT_TRUE(out.ends_with(
      "config       files: 2, options set in them: 7, in force for 12 min, devices left out: 3\n"
      "             the reload 42 s ago has failed and changed nothing: see the log, or pathwatch "
      "config check\n"))
      << out;
  const auto status = query::Parsed(Run({"status", "--json"}).out);
  const auto& configuration = status["daemon"]["configuration"];
  EXPECT_EQ(configuration["settings"].GetUint64(), 7U);
  EXPECT_TRUE(configuration["last_reload_failed"].GetBool());
}

TEST_F(StatusCommandTest, WorstPathIsExplainedWithItsDetail) {
  pw_path_record path = PathInState(3, 1, "sda", PW_STATE_WRONG_LU);
  path.reason_kind = PW_REASON_IDENTITY_CHANGED;
  Publish({path});
  pw_detail_record detail{};
  detail.generation = path.generation;
  SetText(detail.identity_found, "3600b");
  ASSERT_TRUE(file().PutDetail(0, detail).ok());
  EXPECT_NE(Run({"status"})
                .out.find("identity changed from 3600a0980000000000000000000000101 to "
                          "3600b. "),
            std::string::npos);
}

TEST_F(StatusCommandTest, NothingFoundYetIsWell) {
  Publish({});
  const Outcome outcome = Run({"status"});
  EXPECT_EQ(outcome.out,
            "paths        0: none\n"
            "luns         0: 0 complete, 0 degraded, 0 without a usable path\n"
            "passthrough  none\n"
            "daemon       pathwatchd 0.1.0, pid 812, up for 119 min, last heartbeat 0.3 s ago\n");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(StatusCommandTest, PathsAreCountedByTheReasonForTheirPassthrough) {
  pw_path_record through_bsg = UpPath(3, 1, "sda");
  through_bsg.passthrough = PW_PASSTHROUGH_BSG_URING;
  through_bsg.passthrough_choice = PW_CHOICE_BEST;
  pw_path_record through_sg = UpPath(3, 2, "sdb");
  through_sg.passthrough_choice = PW_CHOICE_BSG_NO_COMMANDS;
  pw_path_record forbidden = UpPath(3, 3, "sdc");
  forbidden.passthrough_choice = PW_CHOICE_BSG_UNOPENED;
  forbidden.passthrough_error = EACCES;
  Publish({through_bsg, through_sg, forbidden});
  EXPECT_NE(
      Run({"status"})
          .out.find(
              "passthrough  1 bsg_uring: the best way that there is\n"
              "             1 sg_async: the bsg node cannot be opened, Permission denied: run "
              "pathwatchd as root, or give its user the node by a udev rule\n"
              "             1 sg_async: the kernel's bsg takes no io_uring commands (Linux 7.1 "
              "and newer do)\n"),
      std::string::npos)
      << Run({"status"}).out;
}

TEST_F(StatusCommandTest, StaleDataWinsOverWhatItSays) {
  Publish({PathInState(3, 1, "sda", PW_STATE_DOWN)}, 42 * kSecond);
  const Outcome outcome = Run({"status", "--json"});
  EXPECT_NE(outcome.out.find(R"("heartbeat_age_s":42.0,"stale":true)"), std::string::npos);
  EXPECT_EQ(outcome.err,
            "pathwatch: the daemon's heartbeat is 42 s old: what follows may be out of date\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(StatusCommandTest, HeartbeatThatCameMeanwhileIsNoSecondOld) {
  Publish({UpPath(3, 1, "sda")}, -kMillisecond);
  const Outcome outcome = Run({"status", "--json"});
  EXPECT_NE(outcome.out.find(R"("heartbeat_age_s":0.0,"stale":false)"), std::string::npos);
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(StatusCommandTest, DaemonThatNeverGaveASignOfLife) {
  Publish({UpPath(3, 1, "sda")});
  file().Heartbeat(0);
  const Outcome text = Run({"status"});
  EXPECT_NE(text.out.find("daemon       pathwatchd 0.1.0, pid 812, no heartbeat\n"),
            std::string::npos);
  EXPECT_EQ(text.err,
            "pathwatch: the daemon gave no sign of life yet: what follows may be out of date\n");
  EXPECT_EQ(text.code, 3);
  EXPECT_NE(Run({"status", "--json"})
                .out.find(R"("heartbeat_age_s":null,"stale":true,"pid":812,"version":"0.1.0",)"
                          R"("uptime_s":null)"),
            std::string::npos);
}

TEST_F(StatusCommandTest, MissingFileIsNoData) {
  const Outcome outcome = Run({"status", "--json"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(StatusCommandTest, HostileVersionStaysHarmless) {
  Publish({});
  publish::Writer writer;
  writer.version = "\x1b[2J";
  auto created = publish::StateFile::Create(run_dir(), publish::Capacities{}, writer, Ago(0));
  ASSERT_TRUE(created.ok());
  EXPECT_NE(Run({"status"}).out.find("pathwatchd \\x1b[2J, pid 0"), std::string::npos);
}

}  // namespace
}  // namespace pathwatch::cli
