// What does not come from the kernel. That the kernel's uevents arrive is shown where there is a
// kernel with SCSI, in tests/vm.
#include "lib/discovery/uevent_source.h"

#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "tests/ring/loop_testing.h"

namespace pathwatch::discovery {
namespace {

class UeventSourceTest : public testing::Test, protected UeventReceiver {
 protected:
  ~UeventSourceTest() override { loop_.reset(); }
  void OnUevent(std::span<const std::byte>) override { ++uevents_; }
  void OnUeventsLost() override { ++losses_; }
  void OnUeventsEnded(const absl::Status& status) override { ended_ = status; }

  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
  int uevents_ = 0;
  int losses_ = 0;
  absl::Status ended_;
};

TEST_F(UeventSourceTest, ListensWithoutAnyPrivilege) {
  const auto source = UeventSource::Open(*loop_, *this);
  ASSERT_TRUE(source.ok()) << source.status();
  loop_.reset();
}

TEST_F(UeventSourceTest, WhatAnotherProcessSendsIsNoUevent) {
  const int receiving =
      socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_USERSOCK);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  ASSERT_EQ(bind(receiving, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  socklen_t length = sizeof address;
  ASSERT_EQ(getsockname(receiving, reinterpret_cast<sockaddr*>(&address), &length), 0);
  const auto source = UeventSource::Take(*loop_, receiving, *this);
  ASSERT_TRUE(source.ok()) << source.status();

  const int sending = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_USERSOCK);
  const std::string text("change@/x\0SUBSYSTEM=block\0DM_ACTION=PATH_FAILED\0DM_PATH=8:0", 60);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(sendto(sending, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&address),
                     sizeof address),
              static_cast<ssize_t>(text.size()));
  }
  // The socket is empty again once all were looked at.
  char byte;
  EXPECT_TRUE(ring::RunUntil(
      *loop_, [&] { return recv(receiving, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0; }));
  EXPECT_EQ(uevents_, 0);
  EXPECT_EQ(losses_, 0);
  EXPECT_TRUE(ended_.ok());
  close(sending);
  loop_.reset();
}

TEST_F(UeventSourceTest, ASocketThatCannotBeReadEndsItWithTheRemedy) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const auto source = UeventSource::Take(*loop_, ends[0], *this);
  EXPECT_FALSE(source.ok());
  close(ends[1]);
}

}  // namespace
}  // namespace pathwatch::discovery
