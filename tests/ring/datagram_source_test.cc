#include "lib/ring/datagram_source.h"

#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

struct Copy {
  std::string text;
  bool truncated;
  ucred sender;
  std::vector<std::byte> from;
};

struct Receiver final : DatagramReceiver {
  void OnDatagram(const Datagram& datagram) override {
    copies.push_back({{reinterpret_cast<const char*>(datagram.bytes.data()), datagram.bytes.size()},
                      datagram.truncated,
                      datagram.sender,
                      {datagram.from.begin(), datagram.from.end()}});
  }
  void OnDatagramsEnded(const absl::Status& status) override { ends.push_back(status); }

  std::vector<Copy> copies;
  std::vector<absl::Status> ends;
};

class DatagramSourceTest : public testing::Test {
 protected:
  DatagramSourceTest() {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends_.data()), 0);
  }
  ~DatagramSourceTest() override {
    loop_.reset();
    for (const int fd : ends_) ::close(fd);
  }
  void Start(int fd, std::size_t bytes_max = 100) {
    absl::StatusOr<std::unique_ptr<DatagramSource>> source =
        DatagramSource::Create(*loop_, fd, bytes_max, receiver_);
    ASSERT_TRUE(source.ok()) << source.status();
    source_ = *std::move(source);
  }
  void Send(const std::string& text) const {
    EXPECT_EQ(::send(ends_[1], text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  }
  bool Received(std::size_t count) {
    return RunUntil(*loop_, [&] { return receiver_.copies.size() >= count; });
  }

  std::array<int, 2> ends_ = {-1, -1};
  Receiver receiver_;
  std::unique_ptr<DatagramSource> source_;
  std::unique_ptr<Loop> loop_ = MakeLoop();
};

TEST_F(DatagramSourceTest, DatagramComesWithTheIdentityOfItsSender) {
  Start(ends_[0]);
  Send("check-now");
  ASSERT_TRUE(Received(1));
  const Copy& copy = receiver_.copies.front();
  EXPECT_EQ(copy.text, "check-now");
  EXPECT_FALSE(copy.truncated);
  EXPECT_EQ(copy.sender.pid, ::getpid());
  EXPECT_EQ(copy.sender.uid, ::getuid());
  EXPECT_EQ(copy.sender.gid, ::getgid());
}

TEST_F(DatagramSourceTest, DatagramsArriveInOrderOnePerTurn) {
  Start(ends_[0]);
  for (const char* text : {"a", "b", "c"}) Send(text);
  for (std::size_t count = 1; count <= 3; ++count) {
    ASSERT_TRUE(loop_->RunOnce(Loop::kForever).ok());
    ASSERT_EQ(receiver_.copies.size(), count);
  }
  EXPECT_EQ(receiver_.copies[0].text, "a");
  EXPECT_EQ(receiver_.copies[1].text, "b");
  EXPECT_EQ(receiver_.copies[2].text, "c");
}

TEST_F(DatagramSourceTest, LongDatagramIsMarkedAsTruncated) {
  Start(ends_[0], 4);
  Send("1234");
  Send("12345");
  Send("1");
  ASSERT_TRUE(Received(3));
  EXPECT_FALSE(receiver_.copies[0].truncated);
  EXPECT_TRUE(receiver_.copies[1].truncated);
  EXPECT_EQ(receiver_.copies[1].text, "1234");
  EXPECT_FALSE(receiver_.copies[2].truncated);
  EXPECT_EQ(receiver_.copies[2].text, "1");
}

TEST_F(DatagramSourceTest, EmptyDatagramIsADatagram) {
  Start(ends_[0]);
  Send("");
  Send("next");
  ASSERT_TRUE(Received(2));
  EXPECT_EQ(receiver_.copies[0].text, "");
  EXPECT_EQ(receiver_.copies[0].sender.pid, ::getpid());
}

TEST_F(DatagramSourceTest, AttachedDescriptorsAreNotOpened) {
  Start(ends_[0]);
  const auto open_files = [] {
    const std::filesystem::directory_iterator files("/proc/self/fd");
    return std::distance(begin(files), end(files));
  };
  const auto before = open_files();

  std::string text = "gift";
  iovec buffer = {.iov_base = text.data(), .iov_len = text.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control = {};
  msghdr message = {};
  message.msg_iov = &buffer;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const part = CMSG_FIRSTHDR(&message);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(part), ends_.data(), sizeof(int));
  ASSERT_EQ(::sendmsg(ends_[1], &message, 0), 4);

  ASSERT_TRUE(Received(1));
  EXPECT_EQ(receiver_.copies.front().text, "gift");
  EXPECT_EQ(receiver_.copies.front().sender.uid, ::getuid());
  EXPECT_EQ(open_files(), before);
}

TEST_F(DatagramSourceTest, ErrorEndsTheSourceWithAStatus) {
  // Receiving from a stream socket without a peer is an error of its own kind.
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Start(fd);
  ASSERT_TRUE(RunUntil(*loop_, [&] { return !receiver_.ends.empty(); }));
  EXPECT_EQ(receiver_.ends.front().message(),
            "datagrams can't be received: recvmsg: Invalid argument");
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(receiver_.ends.size(), 1U);
  EXPECT_TRUE(receiver_.copies.empty());
  ::close(fd);
}

TEST_F(DatagramSourceTest, DescriptorThatIsNoSocketIsRefused) {
  const Pipe pipe;
  EXPECT_EQ(DatagramSource::Create(*loop_, pipe.reader, 10, receiver_).status().message(),
            "datagrams can't be received: SO_PASSCRED: Socket operation on non-socket");
}

TEST_F(DatagramSourceTest, ANetlinkSenderIsNamedByItsAddress) {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  const auto open = [&] {
    const int fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_USERSOCK);
    sockaddr_nl any{};
    any.nl_family = AF_NETLINK;
    EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&any), sizeof(any)), 0);
    socklen_t length = sizeof(address);
    EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length), 0);
    return fd;
  };
  const int sending = open();
  const std::uint32_t sender = address.nl_pid;
  const int receiving = open();
  Start(receiving);
  ASSERT_EQ(
      ::sendto(sending, "hello", 5, 0, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 5);
  ASSERT_TRUE(Received(1));
  EXPECT_EQ(receiver_.copies[0].text, "hello");
  ASSERT_EQ(receiver_.copies[0].from.size(), sizeof(sockaddr_nl));
  sockaddr_nl from{};
  std::memcpy(&from, receiver_.copies[0].from.data(), sizeof(from));
  EXPECT_EQ(from.nl_pid, sender);
  ::close(sending);
  loop_.reset();
  ::close(receiving);
}

}  // namespace
}  // namespace pathwatch::ring
