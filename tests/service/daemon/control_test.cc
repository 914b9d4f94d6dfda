#include "service/daemon/control.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace pathwatch::service {
namespace {

TEST(ParseRequestTest, CheckNowNamesAPath) {
  const auto request = ParseRequest("check-now 3:0:1:7");
  ASSERT_TRUE(request.ok());
  ASSERT_TRUE(std::holds_alternative<CheckNowRequest>(*request));
  EXPECT_EQ(std::get<CheckNowRequest>(*request).path, (discovery::Hctl{3, 0, 1, 7}));
}

TEST(ParseRequestTest, AcceptIdentityNamesAPath) {
  const auto request = ParseRequest("accept-identity 3:0:1:7");
  ASSERT_TRUE(request.ok());
  ASSERT_TRUE(std::holds_alternative<AcceptIdentityRequest>(*request));
  EXPECT_EQ(std::get<AcceptIdentityRequest>(*request).path, (discovery::Hctl{3, 0, 1, 7}));
}

TEST(ParseRequestTest, WhatIsNotUnderstoodIsQuotedWithWhatIsExpected) {
  EXPECT_EQ(ParseRequest("check-now sdc").status().message(),
            "request \"check-now sdc\" is not understood: 'check-now H:C:T:L' or "
            "'accept-identity H:C:T:L' is expected");
  EXPECT_EQ(ParseRequest("\x1b[2J\n").status().message(),
            "request \"\\033[2J\\n\" is not understood: 'check-now H:C:T:L' or "
            "'accept-identity H:C:T:L' is expected");
}

TEST(ParseRequestTest, NothingElseIsARequest) {
  for (const std::string text :
       {"", "check-now", "check-now ", "check-now 3:0:1", "Check-now 3:0:1:7", "check-now 3:0:1:7 ",
        "check-now 3:0:1:7\n", "check-now -3:0:1:7", "accept-identity", "accept-identity sdc"}) {
    EXPECT_FALSE(ParseRequest(text).ok()) << text;
  }
}

class ControlSocketTest : public testing::Test, protected ControlHandler {
 protected:
  void SetUp() override {
    char name[] = "/tmp/pathwatch-control-XXXXXX";  // short: socket paths have a limit
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    auto loop = ring::Loop::Create({.entries = 64});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
  }
  void TearDown() override {
    loop_.reset();
    control_.reset();
    rmdir(folder_.c_str());
  }
  void OnRequest(const Request& request) override {
    std::visit([this](const auto& what) { requests_.push_back(what.path); }, request);
  }
  void OnControlProblem(const std::string& sentence) override { problems_.push_back(sentence); }

  absl::Status Open(const std::string& group = "") {
    auto control = ControlSocket::Open(*loop_, {.run_dir = folder_, .group = group}, *this);
    if (!control.ok()) return control.status();
    control_ = *std::move(control);
    return absl::OkStatus();
  }
  void Send(const std::string& text) {
    const int file = socket(AF_UNIX, SOCK_DGRAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, (folder_ + "/control").c_str());
    EXPECT_EQ(sendto(file, text.data(), text.size(), MSG_DONTWAIT,
                     reinterpret_cast<sockaddr*>(&address), sizeof address),
              static_cast<ssize_t>(text.size()));
    close(file);
  }
  void TurnUntil(std::size_t messages) {
    for (int turn = 0; turn < 100 && requests_.size() + problems_.size() < messages; ++turn) {
      ASSERT_TRUE(loop_->RunOnce(loop_->clock_ns() + 100'000'000).ok());
    }
  }

  std::string folder_;
  std::vector<discovery::Hctl> requests_;
  std::vector<std::string> problems_;
  std::unique_ptr<ControlSocket> control_;
  std::unique_ptr<ring::Loop> loop_;
};

TEST_F(ControlSocketTest, RequestsArriveInOrderAndGarbageIsReportedWithItsSender) {
  ASSERT_TRUE(Open().ok());
  Send("check-now 3:0:1:7");
  Send("nonsense");
  Send("check-now 3:0:1:8");
  TurnUntil(3);
  EXPECT_EQ(requests_, (std::vector<discovery::Hctl>{{3, 0, 1, 7}, {3, 0, 1, 8}}));
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(problems_[0], "process " + std::to_string(getpid()) +
                              ": request \"nonsense\" is not understood: 'check-now H:C:T:L' "
                              "or 'accept-identity H:C:T:L' is expected");
}

TEST_F(ControlSocketTest, OnlyItsOwnerMayWrite) {
  ASSERT_TRUE(Open().ok());
  struct stat status;
  ASSERT_EQ(stat((folder_ + "/control").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
}

TEST_F(ControlSocketTest, AdministratorsMayWriteIfThereAreAny) {
  const gid_t group = getegid();
  ASSERT_TRUE(Open(std::to_string(group)).ok());
  struct stat status;
  ASSERT_EQ(stat((folder_ + "/control").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0660u);
  EXPECT_EQ(status.st_gid, group);
}

TEST_F(ControlSocketTest, AGroupThatDoesNotExistIsRefusedWithTheRemedy) {
  EXPECT_EQ(Open("no-such-group").message(),
            "there is no group 'no-such-group', which query.admin_group asks for: create it "
            "('groupadd --system NAME'), or set the option to another one");
}

TEST_F(ControlSocketTest, TheSocketOfADeadDaemonIsReplaced) {
  const int file = socket(AF_UNIX, SOCK_DGRAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, (folder_ + "/control").c_str());
  ASSERT_EQ(bind(file, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  close(file);
  ASSERT_TRUE(Open().ok());
  Send("check-now 3:0:1:7");
  TurnUntil(1);
  EXPECT_EQ(requests_.size(), 1u);
}

TEST_F(ControlSocketTest, APathThatIsTooLongIsRefusedWithTheRemedy) {
  const std::string folder = "/tmp/" + std::string(120, 'x');
  const auto control = ControlSocket::Open(*loop_, {.run_dir = folder, .group = {}}, *this);
  EXPECT_EQ(control.status().message(), "the path of the control socket " + folder +
                                            "/control is longer than 107 bytes: choose a shorter "
                                            "--run-dir");
}

}  // namespace
}  // namespace pathwatch::service
