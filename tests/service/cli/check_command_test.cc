#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "service/cli/control_socket.h"
#include "tests/service/cli/control_end.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

class CheckCommandTest : public PublishedStateTest {};

TEST_F(CheckCommandTest, EachPathIsOneRequest) {
  Publish({UpPath(3, 1, "sda"), UpPath(4, 1, "sdb")});
  const ControlEnd daemon(run_dir());
  const Outcome outcome = Run({"check", "/dev/sdb", "3:0:0:1"});
  EXPECT_EQ(outcome.out, "asked for a check of 4:0:0:1\nasked for a check of 3:0:0:1\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(daemon.Receive(), "check-now 4:0:0:1");
  EXPECT_EQ(daemon.Receive(), "check-now 3:0:0:1");
  EXPECT_EQ(daemon.Receive(), "nothing");
}

TEST_F(CheckCommandTest, NothingIsSentIfAPathIsUnknownOrRemoved) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_REMOVED)});
  const ControlEnd daemon(run_dir());
  const Outcome outcome = Run({"check", "sda", "sdb", "nvme0"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "pathwatch: no path nvme0\n"
            "pathwatch: path 4:0:0:1 was removed: there is nothing to check\n");
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(daemon.Receive(), "nothing");
}

TEST_F(CheckCommandTest, NoSocket) {
  Publish({UpPath(3, 1, "sda")});
  const Outcome outcome = Run({"check", "sda"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "pathwatch: there is no socket " + run_dir() +
                             "/control: start pathwatchd, or name its --run-dir\n");
  EXPECT_EQ(outcome.code, 5);
}

TEST_F(CheckCommandTest, SocketThatADeadDaemonLeft) {
  Publish({UpPath(3, 1, "sda")});
  ControlEnd daemon(run_dir());
  daemon.Close();
  const Outcome outcome = Run({"check", "sda"});
  EXPECT_EQ(outcome.err, "pathwatch: nobody listens on the socket " + run_dir() +
                             "/control: start pathwatchd\n");
  EXPECT_EQ(outcome.code, 5);
}

TEST_F(CheckCommandTest, SocketOfAnotherKind) {
  Publish({UpPath(3, 1, "sda")});
  const ControlEnd other(run_dir(), SOCK_STREAM);
  EXPECT_EQ(Run({"check", "sda"}).err,
            "pathwatch: the socket " + run_dir() +
                "/control is not one of pathwatchd: remove it and restart pathwatchd\n");
}

TEST_F(CheckCommandTest, BusyDaemonIsNotWaitedFor) {
  Publish({UpPath(3, 1, "sda")});
  const ControlEnd daemon(run_dir());
  absl::Status sent;
  constexpr int kFarMoreThanAnyQueue = 100'000;
  for (int i = 0; sent.ok() && i < kFarMoreThanAnyQueue; i++) sent = SendRequest(run_dir(), "x");
  EXPECT_EQ(sent.message(), "pathwatchd is too busy to take a request from the socket " +
                                run_dir() + "/control: try again later");
  EXPECT_EQ(Run({"check", "sda"}).code, 5);
}

TEST_F(CheckCommandTest, SocketOfAnotherGroup) {
  const ControlEnd daemon(run_dir());
  ASSERT_EQ(chmod((run_dir() + "/control").c_str(), 0), 0);
  if (geteuid() == 0) GTEST_SKIP() << "root may send to every socket";
  EXPECT_EQ(SendRequest(run_dir(), "x").message(),
            "you may not send to the socket " + run_dir() +
                "/control: run this as root, or join the socket's group");
}

TEST_F(CheckCommandTest, NameThatIsTooLongForASocket) {
  const std::string directory = "/" + std::string(120, 'd');
  EXPECT_EQ(
      SendRequest(directory, "x").message(),
      directory + "/control is too long for the name of a socket: choose a shorter --run-dir");
}

TEST_F(CheckCommandTest, StaleStateIsGoodEnoughToAsk) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  const ControlEnd daemon(run_dir());
  const Outcome outcome = Run({"check", "sda"});
  EXPECT_EQ(outcome.err,
            "pathwatch: the daemon's heartbeat is 42 s old: what follows may be out of date\n");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(daemon.Receive(), "check-now 3:0:0:1");
}

}  // namespace
}  // namespace pathwatch::cli
