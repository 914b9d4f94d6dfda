#include <string>

#include "tests/service/cli/published_state.h"
#include "tests/service/cli/query_end.h"

namespace pathwatch::cli {
namespace {

class RequestCommandsTest : public PublishedStateTest {
 protected:
  // Runs the command while a daemon replies.
  Outcome RunAgainst(const std::string& reply, const std::vector<std::string>& arguments) {
    QueryEnd daemon(run_dir(), reply);
    Outcome outcome = Run(arguments);
    call_ = daemon.Call();
    return outcome;
  }
  const std::string& call() const { return call_; }

 private:
  std::string call_;
};

TEST_F(RequestCommandsTest, ProbePrintsTheVerdicts) {
  const Outcome outcome = RunAgainst(
      R"({"parameters":{"paths":[{"path":"3:0:0:1","device":"sda","state":"down","latency_us":812,)"
      R"("reason":"it \u001b[2J is off"}],"unchecked":[]}})",
      {"probe", "/dev/sda", "3:0:0:1"});
  EXPECT_EQ(call(),
            R"({"method":"io.pathwatch.Probe","parameters":{"paths":["/dev/sda","3:0:0:1"]}})");
  EXPECT_EQ(outcome.out,
            "PATH     DEVICE  STATE  LATENCY  REASON\n"
            "3:0:0:1  sda     down   812us    it \\x1b[2J is off\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(RequestCommandsTest, PathWithoutAVerdictIsNamed) {
  const Outcome outcome =
      RunAgainst(R"({"parameters":{"paths":[],"unchecked":["sda"]}})", {"probe", "--json", "sda"});
  EXPECT_EQ(outcome.out, "{\"paths\":[],\"unchecked\":[\"sda\"]}\n");
  EXPECT_EQ(outcome.err,
            "pathwatch: path sda got no verdict: another command is out there, nothing can be sent "
            "to it now, or it has gone\n");
  EXPECT_EQ(outcome.code, 5);
}

TEST_F(RequestCommandsTest, CheckIsAnotherNameOfProbe) {
  EXPECT_EQ(RunAgainst(R"({"parameters":{"paths":[],"unchecked":[]}})", {"check", "sda"}).code, 0);
}

TEST_F(RequestCommandsTest, UnknownPathIsToldWithTheNearestName) {
  const Outcome outcome = RunAgainst(
      R"({"error":"io.pathwatch.NoSuchPath","parameters":{"path":"sdq","nearest":"sdp"}})",
      {"probe", "sdq"});
  EXPECT_EQ(outcome.err, "pathwatch: no path sdq; did you mean sdp?\n");
  EXPECT_EQ(outcome.code, 4);
}

TEST_F(RequestCommandsTest, WhoMayNotAskIsToldWhoMay) {
  const Outcome outcome =
      RunAgainst(R"({"error":"org.varlink.service.PermissionDenied"})", {"config", "reload"});
  EXPECT_EQ(outcome.err,
            "pathwatch: you may not ask pathwatchd for this: run it as root, or as a member of the "
            "group that [query] admin_group names\n");
  EXPECT_EQ(outcome.code, 5);
}

TEST_F(RequestCommandsTest, AcceptedIdentityIsNamed) {
  const Outcome outcome = RunAgainst(R"({"parameters":{"path":{"path":"3:0:0:1","wwid":"3600b"}}})",
                                     {"accept-identity", "sda"});
  EXPECT_EQ(call(), R"({"method":"io.pathwatch.AcceptIdentity","parameters":{"path":"sda"}})");
  EXPECT_EQ(outcome.out, "3:0:0:1 is a path to logical unit 3600b from now on\n");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(RequestCommandsTest, PathWithItsOwnIdentityHasNothingToAccept) {
  const Outcome outcome = RunAgainst(
      R"({"error":"io.pathwatch.NotWrongLu","parameters":{"path":"3:0:0:1","state":"up"}})",
      {"accept-identity", "sda"});
  EXPECT_EQ(outcome.err,
            "pathwatch: path 3:0:0:1 is up, not wrong_lu: it has no new identity to accept\n");
  EXPECT_EQ(outcome.code, 6);
}

TEST_F(RequestCommandsTest, ReloadTellsWhatIsInForceOrEveryProblem) {
  const Outcome good =
      RunAgainst(R"({"parameters":{"files":2,"settings":7}})", {"config", "reload"});
  EXPECT_EQ(good.out, "the configuration was read again, files: 2, options set in them: 7\n");
  EXPECT_EQ(good.code, 0);
  const Outcome bad = RunAgainst(
      R"({"error":"io.pathwatch.ReloadFailed","parameters":{"problems":["a.toml:2: x","b: y"]}})",
      {"config", "reload"});
  EXPECT_EQ(bad.err,
            "pathwatch: a.toml:2: x\npathwatch: b: y\npathwatch: the configuration was not "
            "changed\n");
  EXPECT_EQ(bad.code, 2);
}

TEST_F(RequestCommandsTest, NobodyThere) {
  const Outcome outcome = Run({"probe", "sda"});
  EXPECT_EQ(outcome.err, "pathwatch: nobody listens on the query socket " + run_dir() +
                             "/io.pathwatch: start pathwatchd ('systemctl start pathwatchd')\n");
  EXPECT_EQ(outcome.code, 5);
}

TEST_F(RequestCommandsTest, DaemonThatHangsUpOrTalksNonsenseIsNoReply) {
  EXPECT_EQ(RunAgainst("", {"probe", "sda"}).code, 5);
  EXPECT_EQ(RunAgainst("[1]", {"probe", "sda"}).code, 5);
  // Members of another form are as absent.
  const Outcome odd =
      RunAgainst(R"({"parameters":{"paths":[7,{}],"unchecked":{}}})", {"probe", "a"});
  EXPECT_EQ(odd.out, "PATH  DEVICE  STATE  LATENCY  REASON\n-     -       -      -        -\n");
  EXPECT_EQ(odd.code, 0);
}

TEST_F(RequestCommandsTest, ErrorOfANewerDaemonIsNamed) {
  EXPECT_EQ(RunAgainst(R"({"error":"io.pathwatch.Fancy"})", {"probe", "sda"}).err,
            "pathwatch: pathwatchd refused: io.pathwatch.Fancy\n");
}

}  // namespace
}  // namespace pathwatch::cli
