#include "service/cli/luns_command.h"

#include <sstream>
#include <string>

#include "absl/status/status.h"
#include "tests/query/json.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

pw_lun_record Lun(const std::string& wwid, const std::string& dm) {
  pw_lun_record lun{};
  SetText(lun.wwid, wwid);
  SetText(lun.vendor, "NETAPP  ");
  SetText(lun.product, "LUN C-Mode");
  SetText(lun.dm_name, dm);
  return lun;
}

pw_port_group_record PortGroup(std::uint32_t lun, std::uint16_t tpg, pw_alua_state state) {
  pw_port_group_record group{};
  group.lun_index = lun;
  group.tpg = tpg;
  group.alua_state = static_cast<std::uint8_t>(state);
  group.since_boottime_ns = Ago(60 * kSecond);
  return group;
}

// Slot 0: 3600b, without groups, all paths removed.
// Slot 1: 3600a, mpatha, groups 2 (standby) and 1 (active/optimized, preferred, ports 1 and 2).
class LunsCommandTest : public PublishedStateTest {
 protected:
  void PublishTwo() {
    pw_path_record other = PathInState(4, 1, "sdc", PW_STATE_GHOST);
    Publish({UpPath(3, 1, "sda"), UpPath(3, 1, "sdb"), other});
    ASSERT_TRUE(file().PutLun(0, Lun("3600b", "")).ok());
    pw_lun_record lun = Lun("3600a", "mpatha");
    lun.paths_total = 4;
    lun.paths_by_state[PW_STATE_UP] = 2;
    lun.paths_by_state[PW_STATE_GHOST] = 2;
    lun.paths_by_state[PW_STATE_REMOVED] = 1;
    ASSERT_TRUE(file().PutLun(1, lun).ok());
    pw_port_group_record standby = PortGroup(1, 2, PW_ALUA_STANDBY);
    standby.status_code = 2;
    ASSERT_TRUE(file().PutPortGroup(0, standby).ok());
    pw_port_group_record active = PortGroup(1, 1, PW_ALUA_ACTIVE_OPTIMIZED);
    active.preferred = 1;
    active.ports_total = 2;
    active.rtpi[0] = 1;
    active.rtpi[1] = 2;
    ASSERT_TRUE(file().PutPortGroup(1, active).ok());
  }
};

TEST_F(LunsCommandTest, TableIsInTheOrderOfWwids) {
  PublishTwo();
  const Outcome outcome = Run({"luns"});
  EXPECT_EQ(outcome.out,
            "WWID   DM      VENDOR/PRODUCT     PATHS            PORT-GROUPS                     "
            "NOTES\n"
            "3600a  mpatha  NETAPP/LUN C-Mode  4: 2 up 2 ghost  1 active/optimized*, 2 standby  -\n"
            "3600b  -       NETAPP/LUN C-Mode  0                -                               "
            "-\n")
      << outcome.out;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(LunsCommandTest, JsonHasPathsGroupsAndWarnings) {
  PublishTwo();
  const auto document = query::Parsed(Run({"luns", "--json"}).out);
  ASSERT_EQ(document["luns"].Size(), 2U);
  const auto& lun = document["luns"][0];
  EXPECT_STREQ(lun["wwid"].GetString(), "3600a");
  EXPECT_STREQ(lun["vendor"].GetString(), "NETAPP");
  EXPECT_STREQ(lun["product"].GetString(), "LUN C-Mode");
  EXPECT_STREQ(lun["dm"].GetString(), "mpatha");
  EXPECT_EQ(lun["paths"]["total"].GetInt(), 4);
  EXPECT_EQ(lun["paths"]["ghost"].GetInt(), 2);
  EXPECT_EQ(lun["paths"]["down"].GetInt(), 0);
  EXPECT_EQ(lun["paths"]["removed"].GetInt(), 1);
  ASSERT_EQ(lun["port_groups"].Size(), 2U);
  const auto& active = lun["port_groups"][0];
  EXPECT_EQ(active["tpg"].GetInt(), 1);
  EXPECT_STREQ(active["alua_state"].GetString(), "active/optimized");
  EXPECT_TRUE(active["preferred"].GetBool());
  ASSERT_EQ(active["rtpi"].Size(), 2U);
  EXPECT_EQ(active["rtpi"][1].GetInt(), 2);
  EXPECT_STREQ(active["since"].GetString(), "2026-11-22T08:30:25.500Z");
  EXPECT_STREQ(active["status"].GetString(), "none");
  const auto& standby = lun["port_groups"][1];
  EXPECT_STREQ(standby["alua_state"].GetString(), "standby");
  EXPECT_FALSE(standby["preferred"].GetBool());
  EXPECT_STREQ(standby["status"].GetString(), "implicit");
  EXPECT_EQ(lun["warnings"].Size(), 0U);
}

TEST_F(LunsCommandTest, LogicalUnitWhosePathsAreAllRemovedHasTotalZero) {
  PublishTwo();
  const auto document = query::Parsed(Run({"luns", "--json", "3600b"}).out);
  ASSERT_EQ(document["luns"].Size(), 1U);
  EXPECT_EQ(document["luns"][0]["paths"]["total"].GetInt(), 0);
  EXPECT_EQ(document["luns"][0]["port_groups"].Size(), 0U);
}

TEST_F(LunsCommandTest, PathsThatAreMissingAreTold) {
  Publish({UpPath(3, 1, "sda")});
  pw_lun_record lun = Lun("3600a", "mpatha");
  lun.paths_total = 1;
  lun.paths_by_state[PW_STATE_UP] = 1;
  lun.paths_expected = 4;
  ASSERT_TRUE(file().PutLun(0, lun).ok());
  const auto document = query::Parsed(Run({"luns", "--json"}).out);
  EXPECT_EQ(document["luns"][0]["paths_expected"].GetInt(), 4);
  ASSERT_EQ(document["luns"][0]["warnings"].Size(), 1U);
  EXPECT_STREQ(document["luns"][0]["warnings"][0].GetString(),
               "3 of 4 I_T nexuses that led to it have no device any more");
}

TEST_F(LunsCommandTest, MoreThanThirtyTwoPortsAreCutToThePublishedOnes) {
  Publish({});
  ASSERT_TRUE(file().PutLun(0, Lun("3600a", "")).ok());
  pw_port_group_record group = PortGroup(0, 1, PW_ALUA_STANDBY);
  group.ports_total = 40;
  ASSERT_TRUE(file().PutPortGroup(0, group).ok());
  const auto document = query::Parsed(Run({"luns", "--json"}).out);
  EXPECT_EQ(document["luns"][0]["port_groups"][0]["rtpi"].Size(), 32U);
}

TEST_F(LunsCommandTest, NamesOfMapsSelectToo) {
  PublishTwo();
  const auto document = query::Parsed(Run({"luns", "--json", "mpatha"}).out);
  ASSERT_EQ(document["luns"].Size(), 1U);
  EXPECT_STREQ(document["luns"][0]["wwid"].GetString(), "3600a");
}

TEST_F(LunsCommandTest, UnknownOneIsNamedAndTheOthersArePrinted) {
  PublishTwo();
  const Outcome outcome = Run({"luns", "3600a", "mpathb"});
  EXPECT_NE(outcome.out.find("3600a  mpatha"), std::string::npos);
  EXPECT_EQ(outcome.out.find("3600b"), std::string::npos);
  EXPECT_EQ(outcome.err, "pathwatch: no logical unit mpathb; did you mean mpatha?\n");
  EXPECT_EQ(outcome.code, 4);
}

TEST_F(LunsCommandTest, EveryFlagIsAWarning) {
  Publish({});
  pw_lun_record lun = Lun("3600a", "");
  lun.flags =
      PW_LUN_ALUA | PW_LUN_NO_IDENTIFIER | PW_LUN_TWINS | PW_LUN_RTPG_REFUSED | PW_LUN_GROUPS_CUT;
  ASSERT_TRUE(file().PutLun(0, lun).ok());
  const auto document = query::Parsed(Run({"luns", "--json"}).out);
  const auto& warnings = document["luns"][0]["warnings"];
  ASSERT_EQ(warnings.Size(), 4U);
  EXPECT_STREQ(warnings[0].GetString(),
               "it has no identifier: nobody can tell whether another path leads to it too");
  EXPECT_STREQ(warnings[1].GetString(),
               "two LUNs of one I_T nexus lead to it: unmap one of them on the array");
  EXPECT_STREQ(warnings[2].GetString(),
               "the array refuses REPORT TARGET PORT GROUPS: access states are not known");
  EXPECT_STREQ(warnings[3].GetString(),
               "it has more than 256 port groups: only the first ones are kept");
}

TEST_F(LunsCommandTest, PathThatAForeignMapHoldsIsAWarning) {
  pw_path_record path = UpPath(3, 1, "sda");
  path.flags |= PW_PATH_OTHER_MAP;
  path.lun_index = 0;
  Publish({path});
  ASSERT_TRUE(file().PutLun(0, Lun("3600a", "")).ok());
  pw_detail_record detail{};
  detail.generation = path.generation;
  SetText(detail.dm_name, "mpatha");
  SetText(detail.dm_wwid, "3600z");
  ASSERT_TRUE(file().PutDetail(0, detail).ok());
  const std::string sentence =
      "path 3:0:0:1 is held by dm map mpatha, whose WWID 3600z is none of its identifiers";
  const auto document = query::Parsed(Run({"luns", "--json"}).out);
  ASSERT_EQ(document["luns"][0]["warnings"].Size(), 1U);
  EXPECT_EQ(document["luns"][0]["warnings"][0].GetString(), sentence);
  EXPECT_NE(Run({"luns"}).out.find(sentence), std::string::npos);
}

TEST_F(LunsCommandTest, RecordsThatPointNowhereAreHarmless) {
  pw_path_record path = UpPath(3, 1, "sda");
  path.flags |= PW_PATH_OTHER_MAP;
  path.lun_index = PW_NO_INDEX;
  Publish({path});
  ASSERT_TRUE(file().PutPortGroup(0, PortGroup(70'000, 1, PW_ALUA_STANDBY)).ok());
  ASSERT_TRUE(file().PutPortGroup(1, PortGroup(0, 1, PW_ALUA_STANDBY)).ok());
  const Outcome outcome = Run({"luns", "--json"});
  EXPECT_EQ(outcome.out, "{\"luns\":[]}\n");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(LunsCommandTest, MissingFileIsNoData) { EXPECT_EQ(Run({"luns", "--json"}).code, 3); }

TEST_F(LunsCommandTest, StaleStateIsPrintedWithAWarning) {
  Publish({}, 42 * kSecond);
  ASSERT_TRUE(file().PutLun(0, Lun("3600a", "")).ok());
  const Outcome outcome = Run({"luns"});
  EXPECT_NE(outcome.out.find("3600a"), std::string::npos);
  EXPECT_EQ(outcome.err,
            "pathwatch: the daemon's heartbeat is 42 s old: what follows may be out of date\n");
  EXPECT_EQ(outcome.code, 3);
}

// The paths sda (up) and sdb (down) of 3600a are in the map mpatha.
class LunsInMapsTest : public PublishedStateTest {
 protected:
  void PublishMap() {
    Publish({InMap(UpPath(3, 0, "sda"), 0), InMap(PathInState(4, 0, "sdb", PW_STATE_DOWN), 1)});
    ASSERT_TRUE(file().PutLun(0, Lun("3600a", "mpatha")).ok());
    for (std::uint32_t slot = 0; slot < 2; slot++) {
      pw_detail_record detail{};
      detail.generation = 1003 + slot;
      SetText(detail.dm_name, "mpatha");
      ASSERT_TRUE(file().PutDetail(slot, detail).ok());
    }
  }

  static pw_path_record InMap(pw_path_record path, std::uint64_t number) {
    path.sd_devt = 8ULL << 8 | number;
    return path;
  }

  Outcome Ask(const DmSources& sources, bool json = false) const {
    std::ostringstream out;
    std::ostringstream err;
    const int code = RunLuns({run_dir(), kNow, out, err}, {.luns = {}, .json = json}, sources);
    return {.code = code, .out = out.str(), .err = err.str()};
  }

  // A host where dm says `status`, and multipathd, if it runs, `answer`.
  static DmSources Host(absl::StatusOr<std::string> status, bool runs,
                        absl::StatusOr<std::string> answer) {
    return {.read_map = [status](const std::string&) { return status; },
            .multipathd_runs = [runs] { return runs; },
            .ask_multipathd = [answer](const std::string&) { return answer; }};
  }
};

constexpr const char* kBothActive = "2 0 0 0 1 1 A 0 2 0 8:0 A 0 8:1 A 0";
constexpr const char* kBothReady =
    "3:0:0:0|sda|active|ready|pathwatch\n4:0:0:0|sdb|active|ready|pathwatch\n";
constexpr const char* kNote =
    "sdb: pathwatch down, dm active, multipathd ready: nothing was sent through it since, and "
    "multipathd has not asked yet";

TEST_F(LunsInMapsTest, PathOfWhichTheThreeDoNotSayTheSameIsANote) {
  PublishMap();
  const Outcome outcome = Ask(Host(kBothActive, true, kBothReady));
  EXPECT_NE(outcome.out.find(kNote), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("sda"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(LunsInMapsTest, JsonHasTheDifferingPaths) {
  PublishMap();
  const auto document = query::Parsed(Ask(Host(kBothActive, true, kBothReady), true).out);
  const auto& lun = document["luns"][0];
  EXPECT_EQ(lun["warnings"].Size(), 0U);
  ASSERT_EQ(lun["differences"].Size(), 1U);
  const auto& path = lun["differences"][0];
  EXPECT_STREQ(path["path"].GetString(), "4:0:0:0");
  EXPECT_STREQ(path["device"].GetString(), "sdb");
  EXPECT_STREQ(path["state"].GetString(), "down");
  EXPECT_STREQ(path["dm_state"].GetString(), "active");
  EXPECT_STREQ(path["multipathd_state"].GetString(), "ready");
  EXPECT_STREQ(path["reason"].GetString(),
               "nothing was sent through it since, and multipathd has not asked yet");
}

TEST_F(LunsInMapsTest, ThatNobodyMayBeAskedIsOneComplaintEach) {
  PublishMap();
  const Outcome outcome =
      Ask(Host(absl::UnavailableError("/dev/mapper/control: Permission denied"), true,
               absl::PermissionDeniedError("multipathd's socket @x: Permission denied")));
  EXPECT_EQ(outcome.err,
            "pathwatch: multipathd's states of paths are not known: multipathd's socket @x: "
            "Permission denied\n"
            "pathwatch: some states in dm tables are not known: /dev/mapper/control: Permission "
            "denied\n");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(LunsInMapsTest, AnswerThatIsARefusalIsAComplaint) {
  PublishMap();
  const Outcome outcome = Ask(Host(kBothActive, true, "permission deny: need to be root\n"));
  EXPECT_EQ(outcome.err,
            "pathwatch: multipathd's states of paths are not known: multipathd answers: permission "
            "deny: need to be root\n");
  EXPECT_NE(outcome.out.find("dm active: multipathd could not be asked"), std::string::npos)
      << outcome.out;
}

TEST_F(LunsInMapsTest, MultipathdThatDoesNotRunIsNotAsked) {
  PublishMap();
  DmSources sources = Host(kBothActive, false, "");
  sources.ask_multipathd = [](const std::string&) -> absl::StatusOr<std::string> {
    ADD_FAILURE() << "its socket could start it";
    return "";
  };
  const Outcome outcome = Ask(sources);
  EXPECT_NE(outcome.out.find("sdb: pathwatch down, dm active: multipathd does not run"),
            std::string::npos)
      << outcome.out;
  EXPECT_EQ(outcome.err, "");
}

TEST_F(LunsInMapsTest, WithoutMapsNobodyIsAsked) {
  Publish({UpPath(3, 0, "sda")});
  ASSERT_TRUE(file().PutLun(0, Lun("3600a", "")).ok());
  const auto unexpected = [](const std::string&) -> absl::StatusOr<std::string> {
    ADD_FAILURE() << "there is no map";
    return "";
  };
  const Outcome outcome = Ask({.read_map = unexpected,
                               .multipathd_runs = [] { return true; },
                               .ask_multipathd = unexpected},
                              true);
  EXPECT_EQ(query::Parsed(outcome.out)["luns"][0]["differences"].Size(), 0U);
}

}  // namespace
}  // namespace pathwatch::cli
