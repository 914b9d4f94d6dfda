#include <cstddef>
#include <string>

#include "tests/query/json.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

// host3 ---- sda (lun 1, up), sdc (lun 2, ghost)
// host4 ---- sdb (lun 1, no answer), sdd (lun 2, never checked), sde (lun 3, removed)
std::vector<pw_path_record> FivePaths() {
  pw_path_record silent = PathInState(4, 1, "sdb", PW_STATE_NO_ANSWER);
  silent.scope = PW_SCOPE_NEXUS;
  silent.reason_kind = PW_REASON_NEXUS_SILENT;
  silent.oldest_unanswered_boottime_ns = Ago(65 * kSecond);
  silent.flags |= PW_PATH_MARGINAL | PW_PATH_UNCONFIRMED;
  silent.marginal_cause = PW_MARGINAL_FLAPPING;
  pw_path_record ghost = PathInState(3, 2, "sdc", PW_STATE_GHOST);
  ghost.alua_state = PW_ALUA_STANDBY;
  ghost.scope = PW_SCOPE_TPG;
  ghost.flags |= PW_PATH_PREFERRED;
  pw_path_record removed = PathInState(4, 3, "sde", PW_STATE_REMOVED);
  removed.reason_kind = PW_REASON_DEVICE_DELETED;
  return {silent, removed, UpPath(3, 1, "sda"), ghost, UncheckedPath(4, 2, "sdd", 3 * kSecond)};
}

class PathsCommandTest : public PublishedStateTest {};

TEST_F(PathsCommandTest, TableHasAllPathsInTheOrderOfTheirAddresses) {
  Publish(FivePaths());
  const Outcome outcome = Run({"paths"});
  EXPECT_EQ(
      outcome.out,
      "PATH     DEVICE  STATE      MARKS                           SCOPE  SINCE  LAST-CHECK  "
      "LATENCY"
      "  WWID                               HOST   REASON\n"
      "3:0:0:1  sda     up         -                               path   1h00m  2.0s        812us "
      " "
      "  3600a0980000000000000000000000101  host3  GOOD: the logical unit is ready\n"
      "3:0:0:2  sdc     ghost      -                               tpg    60s    2.0s        812us "
      " "
      "  3600a0980000000000000000000000102  host3  GOOD: the logical unit is ready\n"
      "4:0:0:1  sdb     no_answer  unconfirmed,marginal(flapping)  nexus  60s    2.0s        812us "
      " "
      "  3600a0980000000000000000000000101  host4  nothing on I_T nexus 4:0:0 answers; the oldest "
      "command is out for 65 s\n"
      "4:0:0:2  sdd     unknown    -                               path   3.0s   -           -     "
      " "
      "  3600a0980000000000000000000000102  host4  never checked\n"
      "4:0:0:3  sde     removed    -                               path   60s    2.0s        812us "
      " "
      "  3600a0980000000000000000000000103  host4  the device was deleted\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(PathsCommandTest, JsonHasEveryKey) {
  Publish(FivePaths());
  const Outcome outcome = Run({"paths", "sdb", "4:0:0:2", "--json"});
  EXPECT_EQ(
      outcome.out,
      R"({"paths":[)"
      R"({"path":"4:0:0:1","device":"sdb","sg":"sg1",)"
      R"("wwid":"3600a0980000000000000000000000101","dm":"","state":"no_answer",)"
      R"("scope":"nexus","unconfirmed":true,"marginal":true,"marginal_cause":"flapping",)"
      R"("reason":"nothing on I_T nexus 4:0:0 answers; the oldest command is out for 65 s",)"
      R"("since":"2026-11-22T08:30:25.500Z","last_check":"2026-11-22T08:31:23.500Z",)"
      R"("latency_us":812,"checks":0,"alua_state":"active/optimized","preferred":false,"tpg":1,"rtpi":2,)"
      R"("host":"host4","nexus":"4:0:0","initiator_port":"0x10000000c9000004",)"
      R"("target_port":"0x5006016090200040","transport":"fc","passthrough":"sg_async",)"
      R"("generation":1004},)"
      R"({"path":"4:0:0:2","device":"sdd","sg":"sg3",)"
      R"("wwid":"3600a0980000000000000000000000102","dm":"","state":"unknown",)"
      R"("scope":"path","unconfirmed":false,"marginal":false,"marginal_cause":"",)"
      R"("reason":"never checked","since":"2026-11-22T08:31:22.500Z","last_check":null,)"
      R"("latency_us":null,"checks":0,"alua_state":"unknown","preferred":false,"tpg":null,"rtpi":null,)"
      R"("host":"host4","nexus":"4:0:0","initiator_port":"0x10000000c9000004",)"
      R"("target_port":"0x5006016090200040","transport":"fc","passthrough":"none",)"
      R"("generation":1004}]})"
      "\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(PathsCommandTest, PathWhoseNexusIsNotPublishedHasNoPorts) {
  pw_path_record path = UpPath(3, 1, "sda");
  path.nexus_index = PW_NO_INDEX;
  Publish({path});
  EXPECT_NE(Run({"paths", "--json"})
                .out.find(R"("initiator_port":"","target_port":"","transport":"other")"),
            std::string::npos);
}

TEST_F(PathsCommandTest, MapComesFromTheDetailOfTheSameDevice) {
  const pw_path_record path = UpPath(3, 1, "sda");
  Publish({path});
  pw_detail_record detail{};
  detail.generation = path.generation;
  SetText(detail.dm_name, "mpatha");
  ASSERT_TRUE(file().PutDetail(0, detail).ok());
  EXPECT_STREQ(query::Parsed(Run({"paths", "--json"}).out)["paths"][0]["dm"].GetString(), "mpatha");
  EXPECT_STREQ(query::Parsed(Run({"paths", "--json", "sda"}).out)["paths"][0]["dm"].GetString(),
               "mpatha");
  detail.generation++;
  ASSERT_TRUE(file().PutDetail(0, detail).ok());
  EXPECT_STREQ(query::Parsed(Run({"paths", "--json"}).out)["paths"][0]["dm"].GetString(), "");
}

TEST_F(PathsCommandTest, DamagedDetailIsCountedAndThePathIsPrinted) {
  const pw_path_record path = UpPath(3, 1, "sda");
  Publish({path});
  ASSERT_TRUE(file().PutDetail(0, pw_detail_record{}).ok());
  pw_header layout{};
  publish::LayOut(file().capacities(), layout);
  Damage(layout.sections[PW_SECTION_DETAILS - 1].offset + offsetof(pw_detail_record, dm_name), "X");
  const Outcome outcome = Run({"paths"});
  EXPECT_NE(outcome.out.find("3:0:0:1  sda"), std::string::npos);
  EXPECT_EQ(outcome.err,
            "pathwatch: records that could not be read and are missing here: 1; if it stays so, "
            "restart pathwatchd\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(PathsCommandTest, StatesSelectPaths) {
  Publish(FivePaths());
  const Outcome outcome = Run({"paths", "--state", "up", "--state", "removed", "3:0:0:1", "sdc"});
  EXPECT_EQ(
      outcome.out,
      "PATH     DEVICE  STATE  MARKS  SCOPE  SINCE  LAST-CHECK  LATENCY  WWID                 "
      "              HOST   REASON\n"
      "3:0:0:1  sda     up     -      path   1h00m  2.0s        812us    "
      "3600a0980000000000000000000000101  host3  GOOD: the logical unit is ready\n");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(Run({"paths", "--json", "--state", "down,wrong_lu"}).out, "{\"paths\":[]}\n");
}

TEST_F(PathsCommandTest, UnknownPathIsNamedAndTheOthersArePrinted) {
  Publish(FivePaths());
  const Outcome outcome = Run({"paths", "sda", "sdq"});
  EXPECT_NE(outcome.out.find("3:0:0:1  sda"), std::string::npos);
  EXPECT_EQ(outcome.err, "pathwatch: no path sdq; did you mean sda?\n");
  EXPECT_EQ(outcome.code, 4);
}

// The addresses of the paths that are printed, in their order.
std::vector<std::string> Addresses(const Outcome& outcome) {
  std::vector<std::string> addresses;
  const auto document = query::Parsed(outcome.out);
  for (const auto& path : document["paths"].GetArray()) {
    addresses.emplace_back(path["path"].GetString());
  }
  return addresses;
}

class PathFilterTest : public PublishedStateTest {
 protected:
  // The five paths, with a dm map over logical unit 1.
  void PublishFivePaths() {
    Publish(FivePaths());
    pw_lun_record lun{};
    SetText(lun.wwid, UpPath(3, 1, "sda").wwid);
    SetText(lun.dm_name, "mpatha");
    ASSERT_TRUE(file().PutLun(1, lun).ok());
  }

  std::vector<std::string> Filtered(std::vector<std::string> filters) {
    filters.insert(filters.begin(), {"paths", "--json"});
    const Outcome outcome = Run(filters);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.code, 0);
    return Addresses(outcome);
  }
};

using List = std::vector<std::string>;

TEST_F(PathFilterTest, LogicalUnitsByWwidMapAndBeginning) {
  PublishFivePaths();
  const List both = {"3:0:0:1", "4:0:0:1"};
  EXPECT_EQ(Filtered({"--lun", "3600a0980000000000000000000000101"}), both);
  EXPECT_EQ(Filtered({"--lun", "mpatha"}), both);
  EXPECT_EQ(Filtered({"--lun", "mpa..."}), both);
  EXPECT_EQ(Filtered({"--lun", "3600a0980*"}).size(), 5U);
  EXPECT_EQ(Filtered({"--lun", "3600a0980000000000000000000000103,mpatha"}),
            (List{"3:0:0:1", "4:0:0:1", "4:0:0:3"}));
}

TEST_F(PathFilterTest, NexusesAndHosts) {
  PublishFivePaths();
  const List on_host_3 = {"3:0:0:1", "3:0:0:2"};
  EXPECT_EQ(Filtered({"--nexus", "3:0:0"}), on_host_3);
  EXPECT_EQ(Filtered({"--host", "host3"}), on_host_3);
  EXPECT_EQ(Filtered({"--host", "3"}), on_host_3);
  EXPECT_EQ(Filtered({"--host", "3,4"}).size(), 5U);
  EXPECT_EQ(Filtered({"--host", "3", "--host", "host4"}).size(), 5U);
}

TEST_F(PathFilterTest, FiltersNarrowEachOtherAndThePathsThatAreNamed) {
  PublishFivePaths();
  EXPECT_EQ(Filtered({"--host", "4", "--lun", "mpatha"}), (List{"4:0:0:1"}));
  EXPECT_EQ(Filtered({"--host", "4", "--state", "removed,ghost"}), (List{"4:0:0:3"}));
  EXPECT_EQ(Filtered({"--host", "3", "--state", "no_answer"}), List{});
  EXPECT_EQ(Filtered({"--host", "3", "sda", "sdb"}), (List{"3:0:0:1"}));
}

TEST_F(PathFilterTest, UnknownNamesAreAnsweredWithTheNearestOnes) {
  PublishFivePaths();
  const Outcome lun = Run({"paths", "--json", "--lun", "mpathb,mpatha"});
  EXPECT_EQ(lun.err, "pathwatch: no logical unit mpathb; did you mean mpatha?\n");
  EXPECT_EQ(lun.code, 4);
  EXPECT_EQ(Addresses(lun).size(), 2U);
  const Outcome nexus = Run({"paths", "--json", "--nexus", "3:0:1"});
  EXPECT_EQ(nexus.err, "pathwatch: no I_T nexus 3:0:1; did you mean 3:0:0?\n");
  EXPECT_EQ(nexus.code, 4);
  EXPECT_EQ(Addresses(nexus), List{});
  EXPECT_EQ(Run({"paths", "--host", "7"}).err, "pathwatch: no host host7; did you mean host3?\n");
  EXPECT_EQ(Run({"paths", "--lun", "9*"}).err, "pathwatch: no logical unit 9*\n");
}

TEST_F(PathsCommandTest, HostileStringsStayHarmlessInTheTable) {
  pw_path_record path = UpPath(3, 1, "sda");
  SetText(path.wwid, "wwid\x1b[31m\n\xff");
  SetText(path.sd_name, "sd\ra");
  Publish({path});
  const Outcome outcome = Run({"paths"});
  EXPECT_EQ(outcome.out,
            "PATH     DEVICE   STATE  MARKS  SCOPE  SINCE  LAST-CHECK  LATENCY  WWID"
            "                  HOST   REASON\n"
            "3:0:0:1  sd\\x0da  up     -      path   1h00m  2.0s        812us    "
            "wwid\\x1b[31m\\x0a\\xff  host3  GOOD: the logical unit is ready\n");
  EXPECT_EQ(Run({"paths", "sd\x1bz"}).err, "pathwatch: no path sd\\x1bz\n");
}

TEST_F(PathsCommandTest, HostileStringsKeepJsonValidAndInAscii) {
  pw_path_record path = UpPath(3, 1, "sda");
  SetText(path.wwid, "\"\\\x1b\n\xff\xc3\xbc");
  Publish({path});
  const Outcome outcome = Run({"paths", "--json"});
  EXPECT_NE(outcome.out.find(R"("wwid":"\"\\\u001B\n\\xff\u00FC")"), std::string::npos)
      << outcome.out;
}

TEST_F(PathsCommandTest, StaleStateIsPrintedWithAWarning) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  const Outcome outcome = Run({"paths"});
  EXPECT_NE(outcome.out.find("3:0:0:1  sda"), std::string::npos);
  EXPECT_EQ(outcome.err,
            "pathwatch: the daemon's heartbeat is 42 s old: what follows may be out of date\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(PathsCommandTest, HeartbeatOfTheFutureIsNotBelieved) {
  Publish({UpPath(3, 1, "sda")}, -42 * kSecond);
  const Outcome outcome = Run({"paths"});
  EXPECT_EQ(outcome.err,
            "pathwatch: the daemon's heartbeat lies 42 s in the future: what follows may be out of "
            "date\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(PathsCommandTest, MissingFileIsNamedWithTheRemedy) {
  const Outcome outcome = Run({"paths", "--json"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "pathwatch: " + run_dir() +
                             "/state: there is no state file: start pathwatchd, or name its "
                             "--run-dir\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(PathsCommandTest, FileOfAnotherMajorVersionIsRefused) {
  Publish({UpPath(3, 1, "sda")});
  Damage(offsetof(pw_header, version_major), "\x63");
  const Outcome outcome = Run({"paths"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "pathwatch: " + run_dir() +
                             "/state: the state file has another major version: use the pathwatch "
                             "tools of the same release as pathwatchd\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(PathsCommandTest, DamagedRecordIsCountedAndTheOthersArePrinted) {
  Publish({UpPath(3, 1, "sda"), UpPath(4, 1, "sdb")});
  const publish::Capacities capacities = file().capacities();
  pw_header layout{};
  publish::LayOut(capacities, layout);
  Damage(layout.sections[PW_SECTION_PATHS - 1].offset + offsetof(pw_path_record, wwid), "X");
  const Outcome outcome = Run({"paths"});
  EXPECT_EQ(outcome.out.find("3:0:0:1"), std::string::npos);
  EXPECT_NE(outcome.out.find("4:0:0:1"), std::string::npos);
  EXPECT_EQ(
      outcome.err,
      "pathwatch: records that could not be read and are missing here: 1; if it stays so, restart "
      "pathwatchd\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(PathsCommandTest, RecordThatADeadDaemonLeftUnfinishedIsNotWaitedForForever) {
  Publish({UpPath(3, 1, "sda"), UpPath(4, 1, "sdb")});
  pw_header layout{};
  publish::LayOut(file().capacities(), layout);
  Damage(layout.sections[PW_SECTION_PATHS - 1].offset, "\x01");  // an odd sequence
  const Outcome outcome = Run({"paths"});
  EXPECT_NE(outcome.out.find("4:0:0:1"), std::string::npos);
  EXPECT_EQ(outcome.code, 3);
}

}  // namespace
}  // namespace pathwatch::cli
