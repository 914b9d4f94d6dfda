#include "lib/query/acceptor.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "lib/query/listener.h"
#include "tests/query/peer.h"
#include "tests/query/socket_directory.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::query {
namespace {

class AcceptorTest : public testing::TestWithParam<int>, public ClientTaker {
 protected:
  AcceptorTest() {
    const auto listener = Listen({.path = path_, .mode = 0600, .group = {}});
    EXPECT_TRUE(listener.ok()) << listener.status();
    ::fcntl(*listener, F_SETFL, ::fcntl(*listener, F_GETFL) | GetParam());
    acceptor_ = std::make_unique<Acceptor>(*loop_, *listener, *this);
  }
  ~AcceptorTest() override {
    loop_.reset();
    for (const int fd : clients_) ::close(fd);
  }
  void OnClient(int fd) override { clients_.push_back(fd); }

  const SocketDirectory directory_;
  const std::string path_ = directory_.Path("socket");
  std::vector<int> clients_;
  std::unique_ptr<Acceptor> acceptor_;
  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
};

// systemd hands over listeners that don't block.
INSTANTIATE_TEST_SUITE_P(BlockingAndNot, AcceptorTest, testing::Values(0, O_NONBLOCK));

TEST_P(AcceptorTest, ClientsAreTakenOneAfterTheOther) {
  const Peer first(path_);
  ASSERT_TRUE(ring::RunUntil(*loop_, [&] { return clients_.size() == 1; }));
  const Peer second(path_);
  const Peer third(path_);
  ASSERT_TRUE(ring::RunUntil(*loop_, [&] { return clients_.size() == 3; }));
}

TEST_P(AcceptorTest, ClientsThatAreGoneAlreadyDoNotStopIt) {
  for (int i = 0; i < 10; ++i) Peer(path_).Close();
  const Peer last(path_);
  EXPECT_TRUE(ring::RunUntil(*loop_, [&] { return clients_.size() == 11; }));
}

TEST_P(AcceptorTest, SocketsOfClientsBlockAndAreClosedOnExec) {
  const Peer peer(path_);
  ASSERT_TRUE(ring::RunUntil(*loop_, [&] { return clients_.size() == 1; }));
  EXPECT_EQ(::fcntl(clients_[0], F_GETFL) & O_NONBLOCK, 0);
  EXPECT_NE(::fcntl(clients_[0], F_GETFD) & FD_CLOEXEC, 0);
}

TEST_P(AcceptorTest, NobodyIsWaitedForWithoutSpinning) {
  const std::uint64_t before = loop_->statistics().turns;
  const ring::TimeNs end_ns = loop_->clock_ns() + 50 * ring::kMillisecond;
  while (loop_->clock_ns() < end_ns) ASSERT_TRUE(loop_->RunOnce(end_ns).ok());
  EXPECT_LT(loop_->statistics().turns - before, 10U);
}

}  // namespace
}  // namespace pathwatch::query
