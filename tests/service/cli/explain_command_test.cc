#include <string>

#include "tests/query/json.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

pw_change Change(std::int64_t age_ns, pw_state from, pw_state to, pw_reason_kind reason) {
  pw_change change{};
  change.when_boottime_ns = Ago(age_ns);
  change.from = static_cast<std::uint8_t>(from);
  change.to = static_cast<std::uint8_t>(to);
  change.cause = PW_CAUSE_CHECK;
  change.reason_kind = static_cast<std::uint8_t>(reason);
  return change;
}

// host3 ---- sda (lun 1, silent), sdb (lun 2, silent)
// host4 ---- sdc (lun 1, up), sdd (lun 2, removed)
class ExplainCommandTest : public PublishedStateTest {
 protected:
  void PublishSilentNexus() {
    pw_path_record sda = PathInState(3, 1, "sda", PW_STATE_NO_ANSWER);
    SetText(sda.vendor, "NETAPP");
    SetText(sda.product, "LUN C-Mode");
    sda.scope = PW_SCOPE_NEXUS;
    sda.reason_kind = PW_REASON_NEXUS_SILENT;
    sda.valid_until_boottime_ns = Ago(5 * kSecond);
    sda.flags |= PW_PATH_UNCONFIRMED | PW_PATH_MARGINAL | PW_PATH_PREFERRED;
    sda.marginal_cause = PW_MARGINAL_FLAPPING;
    Publish({sda, PathInState(3, 2, "sdb", PW_STATE_NO_ANSWER), UpPath(4, 1, "sdc"),
             PathInState(4, 2, "sdd", PW_STATE_REMOVED)});
    pw_nexus_record nexus{};
    SetText(nexus.name, "3:0:0");
    SetText(nexus.initiator_port, "0x10");
    SetText(nexus.target_port, "0x50");
    SetText(nexus.port_name, "rport-3:0-1");
    SetText(nexus.port_state, "Online");
    nexus.transport = PW_TRANSPORT_FC;
    nexus.silent = 1;
    nexus.oldest_unanswered_boottime_ns = Ago(65 * kSecond);
    ASSERT_TRUE(file().PutNexus(0, nexus).ok());
    pw_detail_record detail{};
    detail.generation = sda.generation;
    SetText(detail.dm_name, "mpatha");
    ASSERT_TRUE(file().PutDetail(0, detail).ok());
    for (const pw_change& change :
         {Change(kHour, PW_STATE_UNKNOWN, PW_STATE_UP, PW_REASON_REPLY),
          Change(60 * kSecond, PW_STATE_UP, PW_STATE_NO_ANSWER, PW_REASON_NEXUS_SILENT)}) {
      ASSERT_TRUE(file().AppendHistory(0, sda.generation, change).ok());
    }
  }
};

TEST_F(ExplainCommandTest, SilentNexusFromBeginningToEnd) {
  PublishSilentNexus();
  const Outcome outcome = Run({"explain", "sda"});
  EXPECT_EQ(
      outcome.out,
      "3:0:0:1 (sda, sg0) is a path to logical unit 3600a0980000000000000000000000101 (NETAPP LUN "
      "C-Mode), in dm map mpatha.\n"
      "It leads from initiator port 0x10 (host3) to target port 0x50 over fc (rport-3:0-1 is "
      "Online).\n"
      "It belongs to target port group 1, whose access state is active/optimized (preferred); its "
      "relative target port is 2.\n"
      "It is checked through sg_async; the last check came back 2.0 s ago, after 812us.\n"
      "\n"
      "State: no_answer since 2026-11-22T08:30:25.500Z (60 s).\n"
      "Why: nothing on I_T nexus 3:0:0 answers; the oldest command is out for 65 s.\n"
      "The fault reaches I_T nexus 3:0:0: every path between these two ports is affected.\n"
      "It is marginal (flapping).\n"
      "The state is unconfirmed: no check has come back since there was a reason to doubt it.\n"
      "The state is out of date: the next check is overdue for 5.0 s.\n"
      "\n"
      "Other paths of the logical unit: 1 up.\n"
      "Other paths on I_T nexus 3:0:0: 1 no_answer.\n"
      "Other paths of host3: 1 no_answer.\n"
      "Nothing on I_T nexus 3:0:0 answers; the oldest command is out for 65 s.\n"
      "\n"
      "The last changes of its state, of 2:\n"
      "TIME                      AGE    CHANGE           SCOPE  CAUSE  REASON\n"
      "2026-11-22T07:31:25.500Z  1h00m  unknown -> up    path   check  GOOD: the logical unit is "
      "ready\n"
      "2026-11-22T08:30:25.500Z  60s    up -> no_answer  path   check  nothing on I_T nexus 3:0:0 "
      "answers\n"
      "\n"
      "What to do: Look at the cable, the switch and the target port.\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(ExplainCommandTest, JsonHasPathHistoryAndRemedy) {
  PublishSilentNexus();
  const auto document = query::Parsed(Run({"explain", "3:0:0:1", "--json"}).out);
  EXPECT_STREQ(document["path"]["path"].GetString(), "3:0:0:1");
  EXPECT_STREQ(document["path"]["dm"].GetString(), "mpatha");
  EXPECT_STREQ(document["path"]["target_port"].GetString(), "0x50");
  ASSERT_EQ(document["history"].Size(), 2U);
  const auto& change = document["history"][1];
  EXPECT_STREQ(change["time"].GetString(), "2026-11-22T08:30:25.500Z");
  EXPECT_STREQ(change["from"].GetString(), "up");
  EXPECT_STREQ(change["to"].GetString(), "no_answer");
  EXPECT_STREQ(change["scope"].GetString(), "path");
  EXPECT_STREQ(change["cause"].GetString(), "check");
  EXPECT_STREQ(change["reason"].GetString(), "nothing on I_T nexus 3:0:0 answers");
  EXPECT_STREQ(document["remedy"].GetString(),
               "Look at the cable, the switch and the target port.");
}

TEST_F(ExplainCommandTest, HealthyPathNeedsNothing) {
  PublishSilentNexus();
  const std::string out = Run({"explain", "sdc"}).out;
  EXPECT_NE(out.find("\nState: up since 2026-11-22T07:31:25.500Z (60 min).\n"
                     "Why: GOOD: the logical unit is ready.\n"
                     "\n"
                     "Other paths of the logical unit: 1 no_answer.\n"
                     "Other paths on I_T nexus 4:0:0: none.\n"
                     "Other paths of host4: none.\n"
                     "\n"
                     "No change of its state is known.\n"),
            std::string::npos)
      << out;
  EXPECT_TRUE(out.ends_with("\n\nNothing needs to be done.\n")) << out;
  EXPECT_STREQ(query::Parsed(Run({"explain", "sdc", "--json"}).out)["remedy"].GetString(), "");
}

TEST_F(ExplainCommandTest, OnlyTheLastThirtyTwoChangesAreKnown) {
  const pw_path_record path = UpPath(3, 1, "sda");
  Publish({path});
  for (int i = 40; i > 0; i--) {
    ASSERT_TRUE(file()
                    .AppendHistory(0, path.generation,
                                   Change(i * kSecond, PW_STATE_UP, PW_STATE_DOWN, PW_REASON_REPLY))
                    .ok());
  }
  const auto document = query::Parsed(Run({"explain", "sda", "--json"}).out);
  ASSERT_EQ(document["history"].Size(), 32U);
  EXPECT_STREQ(document["history"][0]["time"].GetString(), "2026-11-22T08:30:53.500Z");
  EXPECT_STREQ(document["history"][31]["time"].GetString(), "2026-11-22T08:31:24.500Z");
  EXPECT_NE(Run({"explain", "sda"}).out.find("The last changes of its state, of 40:\n"),
            std::string::npos);
}

TEST_F(ExplainCommandTest, RemedyOfTheReasonIsTheLastLine) {
  pw_path_record path = PathInState(3, 1, "sda", PW_STATE_DOWN);
  path.reason_kind = PW_REASON_DEVICE_OFFLINE;
  Publish({path});
  const std::string out = Run({"explain", "sda"}).out;
  EXPECT_NE(out.find("Why: device offline.\nThe fault concerns this path alone.\n"),
            std::string::npos)
      << out;
  EXPECT_TRUE(
      out.ends_with("\nWhat to do: Run echo running > "
                    "/sys/class/scsi_device/3:0:0:1/device/state, once the cause is "
                    "repaired.\n"))
      << out;
}

TEST_F(ExplainCommandTest, EveryFaultHasAReachAndAnAdvice) {
  struct Case {
    pw_scope scope;
    std::string reach;
  };
  for (const Case& c : {Case{PW_SCOPE_PATH, "The fault concerns this path alone."},
                        Case{PW_SCOPE_LU, "The fault reaches the whole logical unit: "},
                        Case{PW_SCOPE_TPG, "The fault reaches the target port group: "},
                        Case{PW_SCOPE_NEXUS, "The fault reaches I_T nexus 3:0:0: "},
                        Case{PW_SCOPE_HOST, "The fault reaches host3: "}}) {
    pw_path_record path = PathInState(3, 1, "sda", PW_STATE_DOWN);
    path.scope = static_cast<std::uint8_t>(c.scope);
    Publish({path});
    const std::string out = Run({"explain", "sda"}).out;
    EXPECT_NE(out.find("\n" + c.reach), std::string::npos) << out;
    EXPECT_NE(out.find("\nWhat to do: "), std::string::npos) << out;
  }
}

TEST_F(ExplainCommandTest, PathThatWasJustFoundNeedsNothingAndAnOldUnknownOneDoes) {
  Publish({UncheckedPath(3, 1, "sda", 3 * kSecond), UncheckedPath(4, 1, "sdb", 60 * kSecond)});
  const std::string fresh = Run({"explain", "sda"}).out;
  EXPECT_NE(fresh.find("\nNo way to check it was found; no check has come back yet.\n"),
            std::string::npos)
      << fresh;
  EXPECT_TRUE(fresh.ends_with("\nNothing needs to be done.\n")) << fresh;
  const std::string old = Run({"explain", "sdb"}).out;
  EXPECT_TRUE(
      old.ends_with("\nWhat to do: Have it checked with 'pathwatch probe 4:0:0:1', and "
                    "look at what pathwatchd logs.\n"))
      << old;
}

TEST_F(ExplainCommandTest, PathInAForeignMapIsAWarning) {
  pw_path_record path = UpPath(3, 1, "sda");
  path.flags |= PW_PATH_OTHER_MAP;
  Publish({path});
  pw_detail_record detail{};
  detail.generation = path.generation;
  SetText(detail.dm_name, "mpatha");
  SetText(detail.dm_wwid, "3600z");
  ASSERT_TRUE(file().PutDetail(0, detail).ok());
  EXPECT_NE(Run({"explain", "sda"})
                .out.find("\nBeware: path 3:0:0:1 is held by dm map mpatha, whose WWID 3600z is "
                          "none of its identifiers.\n"),
            std::string::npos);
}

TEST_F(ExplainCommandTest, HostileNamesStayHarmless) {
  pw_path_record path = UpPath(3, 1, "sda");
  SetText(path.wwid, "\x1b[31m\n");
  Publish({path});
  const std::string out = Run({"explain", "sda"}).out;
  EXPECT_NE(out.find("logical unit \\x1b[31m\\x0a."), std::string::npos) << out;
}

TEST_F(ExplainCommandTest, UnknownPath) {
  PublishSilentNexus();
  const Outcome outcome = Run({"explain", "sdx"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "pathwatch: no path sdx; did you mean sda?\n");
  EXPECT_EQ(outcome.code, 4);
}

TEST_F(ExplainCommandTest, StaleStateIsExplainedWithAWarning) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  const Outcome outcome = Run({"explain", "sda"});
  EXPECT_NE(outcome.out.find("State: up"), std::string::npos);
  EXPECT_EQ(outcome.err,
            "pathwatch: the daemon's heartbeat is 42 s old: what follows may be out of date\n");
  EXPECT_EQ(outcome.code, 3);
}

}  // namespace
}  // namespace pathwatch::cli
