#include <string>

#include "tests/service/cli/control_end.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

class AcceptCommandTest : public PublishedStateTest {
 protected:
  void PublishWrongLu() {
    const pw_path_record path = PathInState(3, 1, "sda", PW_STATE_WRONG_LU);
    Publish({path, UpPath(4, 1, "sdb")});
    pw_detail_record detail{};
    detail.generation = path.generation;
    SetText(detail.identity_found, "3600b");
    ASSERT_TRUE(file().PutDetail(0, detail).ok());
  }
};

TEST_F(AcceptCommandTest, PathWithAnotherIdentityIsOneRequest) {
  PublishWrongLu();
  const ControlEnd daemon(run_dir());
  const Outcome outcome = Run({"accept-identity", "/dev/sda"});
  EXPECT_EQ(outcome.out, "asked to accept 3600b as the new identity of 3:0:0:1\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(daemon.Receive(), "accept-identity 3:0:0:1");
  EXPECT_EQ(daemon.Receive(), "nothing");
}

TEST_F(AcceptCommandTest, PathInAnyOtherStateIsRefused) {
  PublishWrongLu();
  const ControlEnd daemon(run_dir());
  const Outcome outcome = Run({"accept-identity", "sdb"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "pathwatch: path 4:0:0:1 is up, not wrong_lu: it has no new identity to accept\n");
  EXPECT_EQ(outcome.code, 6);
  EXPECT_EQ(daemon.Receive(), "nothing");
}

TEST_F(AcceptCommandTest, UnknownPath) {
  PublishWrongLu();
  const Outcome outcome = Run({"accept-identity", "sdx"});
  EXPECT_EQ(outcome.err, "pathwatch: no path sdx; did you mean sda?\n");
  EXPECT_EQ(outcome.code, 4);
}

TEST_F(AcceptCommandTest, NoSocket) {
  PublishWrongLu();
  const Outcome outcome = Run({"accept-identity", "sda"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "pathwatch: there is no socket " + run_dir() +
                             "/control: start pathwatchd, or name its --run-dir\n");
  EXPECT_EQ(outcome.code, 5);
}

TEST_F(AcceptCommandTest, IdentityThatIsNotPublishedIsNotNamed) {
  Publish({PathInState(3, 1, "sda", PW_STATE_WRONG_LU)});
  const ControlEnd daemon(run_dir());
  EXPECT_EQ(Run({"accept-identity", "sda"}).out,
            "asked to accept what answers as the new identity of 3:0:0:1\n");
}

}  // namespace
}  // namespace pathwatch::cli
