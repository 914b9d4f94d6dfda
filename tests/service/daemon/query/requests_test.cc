// Probe, AcceptIdentity and Reload.
#include <gtest/gtest.h>

#include "tests/query/json.h"
#include "tests/service/daemon/query/query_testing.h"

namespace pathwatch::service {
namespace {

using cli::PathInState;
using cli::UpPath;

class RequestsTest : public QueryServiceTest {
 protected:
  RequestsTest() {
    for (std::uint32_t slot = 0; slot < 3; slot++) {
      pw_path_record path = UpPath(3, slot, std::string("sd") + static_cast<char>('a' + slot));
      // Long before the call, by the clock of the loop.
      path.last_check_sent_boottime_ns = 1;
      path.last_check_done_boottime_ns = 2;
      Put(slot, path);
    }
  }
  // A check of the path has been sent now, and has come back if `answered`.
  void Checked(std::uint32_t slot, bool answered) {
    pw_path_record path = *file().path(slot);
    path.last_check_sent_boottime_ns = loop().now_ns();
    if (answered) {
      path.last_check_done_boottime_ns = loop().now_ns() + 1;
    } else {
      path.state = PW_STATE_NO_ANSWER;
      path.oldest_unanswered_boottime_ns = loop().now_ns();
    }
    ASSERT_TRUE(file().PutPath(slot, path).ok());
    service().OnPath();
  }
  void Turn(ring::TimeNs wait_ns) { ASSERT_TRUE(loop().RunOnce(loop().clock_ns() + wait_ns).ok()); }
  static std::string Unchecked(const Told& told) {
    return query::TextOf(query::Parsed(told.text)["unchecked"]);
  }
};

TEST_F(RequestsTest, OnlyThePrivilegedMayAskForSomething) {
  for (const auto& [method, parameters] :
       {std::pair("Probe", R"({"paths":["sda"]})"),
        std::pair("AcceptIdentity", R"({"path":"sda"})"), std::pair("Reload", "{}")}) {
    const auto told = Ask(method, parameters, false, UINT64_MAX, /*privileged=*/false);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].error, "org.varlink.service.PermissionDenied") << method;
  }
  EXPECT_TRUE(requests().checks.empty());
  EXPECT_TRUE(requests().accepted.empty());
  EXPECT_EQ(requests().reloads_asked, 0u);
}

TEST_F(RequestsTest, AProbeRepliesWhenEachPathHasItsVerdict) {
  Ongoing probe = Begin("Probe", R"({"paths":["sda","3:0:0:1"]})");
  EXPECT_EQ(probe.Continue(), query::Progress::kWaiting);
  EXPECT_EQ(requests().checks, (std::vector<discovery::Hctl>{{3, 0, 0, 0}, {3, 0, 0, 1}}));
  Checked(0, /*answered=*/true);
  Turn(10 * QueryService::kGatherNs);
  EXPECT_TRUE(woken().contains(probe.id()));
  EXPECT_EQ(probe.Continue(), query::Progress::kWaiting);
  Checked(1, /*answered=*/false);
  EXPECT_EQ(probe.Continue(), query::Progress::kDone);
  const auto told = probe.Take();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(PathsOf(told[0]), "3:0:0:0 up, 3:0:0:1 no_answer");
  EXPECT_EQ(Unchecked(told[0]), "[]");
}

TEST_F(RequestsTest, ACheckThatWasSentBeforeIsNoAnswer) {
  Ongoing probe = Begin("Probe", R"({"paths":["sda"]})");
  probe.Continue();
  pw_path_record path = *file().path(0);
  path.last_check_done_boottime_ns = loop().now_ns() + 1;  // sent earlier
  ASSERT_TRUE(file().PutPath(0, path).ok());
  EXPECT_EQ(probe.Continue(), query::Progress::kWaiting);
}

TEST_F(RequestsTest, APathWhoseOldCommandIsOutIsUncheckedAtOnce) {
  pw_path_record path = PathInState(3, 2, "sdc", PW_STATE_NO_ANSWER);
  path.last_check_sent_boottime_ns = 1;
  path.last_check_done_boottime_ns = 0;
  path.oldest_unanswered_boottime_ns = 1;
  Put(2, path);
  Ongoing probe = Begin("Probe", R"({"paths":["/dev/sdc"]})");
  EXPECT_EQ(probe.Continue(), query::Progress::kDone);
  EXPECT_EQ(Unchecked(probe.Take().front()), R"(["/dev/sdc"])");
}

TEST_F(RequestsTest, WhatTheKernelHoldsBackHasItsVerdictWhenTheKernelWasAskedAgain) {
  pw_path_record path = PathInState(3, 2, "sdc", PW_STATE_DOWN);
  path.reason_kind = PW_REASON_DEVICE_OFFLINE;
  path.last_check_sent_boottime_ns = 1;
  Put(2, path);
  Ongoing probe = Begin("Probe", R"({"paths":["sdc"]})");
  EXPECT_EQ(probe.Continue(), query::Progress::kWaiting);  // that was known before
  path.valid_until_boottime_ns += 1;
  Put(2, path);
  EXPECT_EQ(probe.Continue(), query::Progress::kDone);
  EXPECT_EQ(Unchecked(probe.Take().front()), "[]");
}

TEST_F(RequestsTest, APathThatVanishesMeanwhileIsNotWaitedFor) {
  Ongoing probe = Begin("Probe", R"({"paths":["sda","sdb"]})");
  probe.Continue();
  file().RemovePath(0);
  Checked(1, true);
  EXPECT_EQ(probe.Continue(), query::Progress::kDone);
  const auto told = probe.Take();
  EXPECT_EQ(PathsOf(told[0]), "3:0:0:1 up");
  EXPECT_EQ(Unchecked(told[0]), R"(["sda"])");
}

TEST_F(RequestsTest, AProbeOfNothingOrOfTooMuchIsRefused) {
  EXPECT_EQ(AskOne("Probe", R"({"paths":[]})").text, R"({"parameter":"paths"})");
  std::string many = "\"sda\"";
  for (int i = 0; i < 1'000; i++) many += ",\"sda\"";
  EXPECT_EQ(AskOne("Probe", R"({"paths":[)" + many + "]}").text, R"({"parameter":"paths"})");
}

TEST_F(RequestsTest, AProbeOfAnUnknownPathSendsNothing) {
  const Told told = AskOne("Probe", R"({"paths":["sda","sdab"]})");
  EXPECT_EQ(told.error, "NoSuchPath");
  EXPECT_EQ(told.text, R"({"path":"sdab","nearest":"sda"})");
  EXPECT_TRUE(requests().checks.empty());
}

TEST_F(RequestsTest, AnIdentityIsAcceptedOfThePathThatWasNamed) {
  const Told told = AskOne("AcceptIdentity", R"({"path":"sg1"})");
  EXPECT_EQ(told.error, "");
  EXPECT_EQ(requests().accepted, (std::vector<discovery::Hctl>{{3, 0, 0, 1}}));
}

TEST_F(RequestsTest, WithoutAnotherIdentityThereIsNothingToAccept) {
  requests().refuse = true;
  const Told told = AskOne("AcceptIdentity", R"({"path":"sdb"})");
  EXPECT_EQ(told.error, "NotWrongLu");
  EXPECT_EQ(told.text, R"({"path":"3:0:0:1","state":"up"})");
}

TEST_F(RequestsTest, AReloadRepliesWhenItHasEnded) {
  Ongoing reload = Begin("Reload", "{}");
  EXPECT_EQ(reload.Continue(), query::Progress::kWaiting);
  requests().state = {.done = 1, .problems = {}, .files = 2, .settings = 7};
  service().OnReloaded();
  EXPECT_TRUE(woken().contains(reload.id()));
  EXPECT_EQ(reload.Continue(), query::Progress::kDone);
  EXPECT_EQ(reload.Take().front().text, R"({"files":2,"settings":7})");
}

TEST_F(RequestsTest, AReloadThatFailsNamesTheProblems) {
  Ongoing reload = Begin("Reload", "{}");
  requests().state = {.done = 1, .problems = {"a.toml:2: \"x\""}, .files = 2, .settings = 7};
  EXPECT_EQ(reload.Continue(), query::Progress::kDone);
  const Told told = reload.Take().front();
  EXPECT_EQ(told.error, "ReloadFailed");
  EXPECT_EQ(told.text, R"({"problems":["a.toml:2: \"x\""]})");
}

}  // namespace
}  // namespace pathwatch::service
