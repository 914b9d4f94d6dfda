// BsgDevice against the command handlers that every kernel has: that of /dev/null takes anything
// (Linux 6.2; older ones have none), an ordinary file has none. Real devices answer in the guest.
#include "lib/passthrough/bsg_device.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "tests/passthrough/recording_command.h"

namespace pathwatch::passthrough {
namespace {

class BsgDeviceTest : public testing::Test {
 protected:
  void SetUp() override {
    auto loop = ring::Loop::Create({});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
    ASSERT_TRUE(loop_->features().big_entries);
    const std::string folder = sysfs_ + "/class/scsi_host/host0";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/host_busy") << "192\n";
    busy_.emplace(sysfs_, 0);
    gate_.emplace(*busy_, 192);
  }
  void Open(const char* node) {
    const int file = open(node, O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    device_ = std::make_unique<BsgDevice>(*loop_, *gate_, dialect_, file);
  }
  void AwaitReply() {
    const int before = command_.replies;
    for (int turn = 0; turn < 100 && command_.replies == before; ++turn) {
      ASSERT_TRUE(loop_->RunOnce(loop_->clock_ns() + 100'000'000).ok());
    }
  }

  const std::string sysfs_ = testing::TempDir() + "/sys";
  std::optional<HostBusyFile> busy_;
  std::optional<HostGate> gate_;
  BsgDialect dialect_;
  RecordingCommand command_;
  std::unique_ptr<BsgDevice> device_;
  std::unique_ptr<ring::Loop> loop_;
};

TEST_F(BsgDeviceTest, CommandIsAnsweredOnceAndNotFromInsideSubmit) {
  Open("/dev/null");
  for (int round = 1; round <= 3; ++round) {
    device_->Submit(command_);
    EXPECT_EQ(command_.replies, round - 1);
    EXPECT_EQ(gate_->workers(), 1u);
    AwaitReply();
    EXPECT_EQ(command_.replies, round);
    EXPECT_EQ(gate_->workers(), 0u);
    EXPECT_TRUE(command_.last.error == 0 || command_.last.error == EOPNOTSUPP)
        << command_.last.error;
  }
}

TEST_F(BsgDeviceTest, NodeWithoutAHandlerAnswersWithAnErrno) {
  Open("/proc/self/status");
  device_->Submit(command_);
  AwaitReply();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, EOPNOTSUPP);
  EXPECT_EQ(gate_->workers(), 0u);
}

TEST_F(BsgDeviceTest, WithoutRoomOnTheHostTheAnswerIsTryAgainAndNothingIsSent) {
  Open("/dev/null");
  ASSERT_TRUE(gate_->Admit(0));
  ASSERT_TRUE(gate_->Admit(0));
  device_->Submit(command_);
  EXPECT_EQ(command_.replies, 0);
  AwaitReply();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, EAGAIN);
  EXPECT_EQ(loop_->statistics().operations, 0u);
}

}  // namespace
}  // namespace pathwatch::passthrough
