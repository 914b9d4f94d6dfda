// SgDevice against a kernel that the test plays: a socket pair keeps message borders as an sg node
// does, and hangs up when its other end is closed as an sg node does when its device is deleted.
#include "lib/passthrough/sg_device.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "tests/passthrough/recording_command.h"

namespace pathwatch::passthrough {
namespace {

// With and without a POLL before the READ.
class SgDeviceTest : public testing::TestWithParam<ring::Loop::Setup> {
 protected:
  void SetUp() override {
    auto loop = ring::Loop::Create({.first_setup = GetParam()});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
    int ends[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends), 0);
    kernel_ = ends[1];
    const std::string folder =
        std::string(std::getenv("TEST_TMPDIR")) + "/sys/class/scsi_host/host0";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/host_busy") << "0\n";
    busy_.emplace(std::string(std::getenv("TEST_TMPDIR")) + "/sys", 0);
    gate_.emplace(*busy_, 192);
    device_ = std::make_unique<SgDevice>(*loop_, *gate_, ends[0]);
  }
  void TearDown() override {
    HangUp();
    loop_.reset();
  }

  // Turns the loop until nothing more can happen by itself.
  void Settle() {
    for (int turn = 0; turn < 10; ++turn) {
      ASSERT_TRUE(loop_->RunOnce(loop_->clock_ns() + 2'000'000).ok());
    }
  }
  sg_io_hdr ReadRequest() {
    sg_io_hdr header{};
    EXPECT_EQ(read(kernel_, &header, sizeof header), static_cast<ssize_t>(sizeof header));
    return header;
  }
  void WriteReply(const sg_io_hdr& header, std::size_t size = sizeof(sg_io_hdr)) {
    ASSERT_EQ(write(kernel_, &header, size), static_cast<ssize_t>(size));
  }
  void HangUp() {
    if (kernel_ >= 0) close(kernel_);
    kernel_ = -1;
  }

  int kernel_ = -1;
  std::optional<HostBusyFile> busy_;
  std::optional<HostGate> gate_;
  RecordingCommand command_;
  std::unique_ptr<SgDevice> device_;
  std::unique_ptr<ring::Loop> loop_;
};

TEST_P(SgDeviceTest, ARequestIsAnsweredOnceAndNotFromInsideSubmit) {
  device_->Submit(command_);
  EXPECT_EQ(command_.replies, 0);
  Settle();
  EXPECT_EQ(command_.replies, 0);
  WriteReply(ReadRequest());
  Settle();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, 0);
  EXPECT_EQ(command_.last.status, 0);
}

TEST_P(SgDeviceTest, SenseReachesTheCommand) {
  device_->Submit(command_);
  Settle();
  sg_io_hdr header = ReadRequest();
  header.status = 0x02;
  header.sb_len_wr = 8;
  header.sbp[1] = 0x06;
  WriteReply(header);
  Settle();
  ASSERT_EQ(command_.last.sense.size(), 8u);
  EXPECT_EQ(command_.last.sense[1], 0x06);
}

TEST_P(SgDeviceTest, OneCommandAfterTheOther) {
  for (int round = 1; round <= 3; ++round) {
    device_->Submit(command_);
    Settle();
    WriteReply(ReadRequest());
    Settle();
    EXPECT_EQ(command_.replies, round);
    EXPECT_EQ(command_.last.error, 0);
  }
}

TEST_P(SgDeviceTest, AReplyToAnotherCommandIsAnErrorAndNotGood) {
  device_->Submit(command_);
  Settle();
  sg_io_hdr header = ReadRequest();
  header.usr_ptr = nullptr;
  WriteReply(header);
  Settle();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, EPROTO);
}

TEST_P(SgDeviceTest, AShortReplyIsAnError) {
  device_->Submit(command_);
  Settle();
  WriteReply(ReadRequest(), 64);
  Settle();
  EXPECT_EQ(command_.last.error, EPROTO);
}

TEST_P(SgDeviceTest, ADeviceDeletedWithACommandOutAnswersNoDevice) {
  device_->Submit(command_);
  Settle();
  HangUp();
  Settle();
  EXPECT_EQ(command_.replies, 1);
  // The pair ends a stream with an empty message where sg has nothing to read.
  EXPECT_TRUE(command_.last.error == ENODEV || command_.last.error == EPROTO ||
              command_.last.error == ECONNRESET)
      << command_.last.error;
}

TEST_P(SgDeviceTest, AWriteThatFailsIsAnsweredWithItsErrno) {
  HangUp();
  signal(SIGPIPE, SIG_IGN);
  device_->Submit(command_);
  Settle();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, EPIPE);
}

TEST_P(SgDeviceTest, ABusyHostIsWrittenByAWorkerThatIsGivenBack) {
  std::ofstream(std::string(std::getenv("TEST_TMPDIR")) + "/sys/class/scsi_host/host0/host_busy")
      << "192\n";
  device_->Submit(command_);
  EXPECT_EQ(gate_->workers(), 1u);
  for (int turn = 0; turn < 1'000 && gate_->workers() > 0; ++turn) Settle();
  EXPECT_EQ(gate_->workers(), 0u);
  WriteReply(ReadRequest());
  Settle();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, 0);
}

TEST_P(SgDeviceTest, WithoutRoomOnTheHostTheAnswerIsTryAgainAndNothingIsSent) {
  std::ofstream(std::string(std::getenv("TEST_TMPDIR")) + "/sys/class/scsi_host/host0/host_busy")
      << "192\n";
  ASSERT_EQ(gate_->Choose(0), HostGate::Way::kWorker);
  ASSERT_EQ(gate_->Choose(0), HostGate::Way::kWorker);
  device_->Submit(command_);
  EXPECT_EQ(command_.replies, 0);
  Settle();
  EXPECT_EQ(command_.replies, 1);
  EXPECT_EQ(command_.last.error, EAGAIN);
  sg_io_hdr header;
  EXPECT_EQ(read(kernel_, &header, sizeof header), -1);
  EXPECT_EQ(errno, EAGAIN);
}

INSTANTIATE_TEST_SUITE_P(Setups, SgDeviceTest,
                         testing::Values(ring::Loop::Setup::kDeferred,
                                         ring::Loop::Setup::kCooperative),
                         [](const auto& info) {
                           return info.param == ring::Loop::Setup::kDeferred ? "Deferred"
                                                                             : "Cooperative";
                         });

TEST(OpenSgTest, AMissingNodeIsItsErrno) {
  const SgOpened opened = OpenSg("/nonexistent/sg0", {});
  EXPECT_EQ(opened.file, -1);
  EXPECT_EQ(opened.error, ENOENT);
}

TEST(OpenSgTest, AFileThatIsNoSgNodeOfTheAddressIsStale) {
  const SgOpened opened = OpenSg("/dev/null", {});
  EXPECT_EQ(opened.file, -1);
  EXPECT_EQ(opened.error, ESTALE);
}

}  // namespace
}  // namespace pathwatch::passthrough
