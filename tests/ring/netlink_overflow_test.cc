// A netlink socket that nobody reads in time. Apart from the other tests, since it takes the
// process into a network namespace of its own: only there anybody may join a group.
#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "lib/ring/datagram_source.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

struct Receiver final : DatagramReceiver {
  void OnDatagram(const Datagram&) override { ++received; }
  void OnDatagramsLost() override { ++losses; }
  void OnDatagramsEnded(const absl::Status& status) override { ADD_FAILURE() << status; }

  std::size_t received = 0;
  int losses = 0;
};

sockaddr_nl Group() {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = 1;
  return address;
}

class NetlinkOverflowTest : public testing::Test {
 protected:
  void SetUp() override {
    // Root needs no user namespace for it.
    const bool apart = ::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
    ASSERT_TRUE(apart) << errno;
    for (int* fd : {&receiving_, &sending_}) {
      *fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_USERSOCK);
      ASSERT_GE(*fd, 0);
    }
    sockaddr_nl group = Group();
    ASSERT_EQ(::bind(receiving_, reinterpret_cast<sockaddr*>(&group), sizeof(group)), 0) << errno;
  }
  ~NetlinkOverflowTest() override {
    loop_.reset();
    ::close(receiving_);
    ::close(sending_);
  }
  void Send() {
    sockaddr_nl group = Group();
    const std::string text(100, 'x');
    // Whether it arrived is for the receiver to say.
    (void)::sendto(sending_, text.data(), text.size(), MSG_DONTWAIT,
                   reinterpret_cast<sockaddr*>(&group), sizeof(group));
  }

  int receiving_ = -1;
  int sending_ = -1;
  Receiver receiver_;
  std::unique_ptr<Loop> loop_ = MakeLoop();
};

TEST_F(NetlinkOverflowTest, IsToldAndReceivingGoesOn) {
  auto source = DatagramSource::Create(*loop_, receiving_, 200, receiver_);
  ASSERT_TRUE(source.ok()) << source.status();
  // Nobody reads meanwhile: the socket has room for some hundreds of them.
  constexpr std::size_t kSent = 20'000;
  for (std::size_t i = 0; i < kSent; ++i) Send();
  ASSERT_TRUE(RunUntil(*loop_, [&] { return receiver_.losses > 0 && receiver_.received > 0; }));
  EXPECT_LT(receiver_.received, kSent);
  EXPECT_TRUE(RunUntil(*loop_, [&, before = receiver_.received] {
    Send();
    return receiver_.received > before + 100;
  }));
}

}  // namespace
}  // namespace pathwatch::ring
