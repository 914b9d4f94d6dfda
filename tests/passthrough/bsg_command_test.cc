#include "lib/passthrough/bsg_command.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lib/ring/submission.h"
#include "lib/scsi/verdict.h"
#include "tests/scsi/hex.h"

namespace pathwatch::passthrough {
namespace {

using scsi::Hex;

class PlainCommand final : public Command {
  void OnReply(const scsi::Reply&) override {}
};

// Where the buffers were when the kernel's handler was watched.
constexpr std::uint64_t kTurCdbThen = 0x4aa540;
constexpr std::uint64_t kRtpgCdbThen = 0x4a80d8;
constexpr std::uint64_t kSenseThen = 0x4aa4e0;
constexpr std::uint64_t kDataThen = 0x4aa3e0;

void Put(std::vector<std::uint8_t>& bytes, std::size_t offset, std::uint64_t value) {
  std::memcpy(&bytes[offset], &value, sizeof value);
}

std::uint64_t AddressOf(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

class BsgCommandTest : public testing::Test {
 protected:
  BsgCommandTest() {
    command_.cdb = scsi::TestUnitReady();
    command_.timeout_ms = 30'000;
  }

  std::vector<std::uint8_t> Request() {
    const auto bytes = BsgRequest(command_);
    std::vector<std::uint8_t> out(bytes.size());
    std::memcpy(out.data(), bytes.data(), bytes.size());
    return out;
  }
  scsi::Reply Reply(std::uint64_t word) {
    return BsgReply({.value = 0, .flags = 0, .extra = word}, command_, dialect_);
  }
  scsi::Reply ReplyWithSense(std::uint64_t word, std::string_view sense) {
    const std::vector<std::uint8_t> bytes = Hex(sense);
    std::copy(bytes.begin(), bytes.end(), command_.sense_buffer().begin());
    return Reply(word);
  }
  void AskForData(std::size_t length) {
    data_.resize(length);
    command_.data_in = data_;
  }

  PlainCommand command_;
  std::vector<std::uint8_t> data_;
  BsgDialect dialect_;
};

static_assert(kBsgCommandBytes == ring::kCommandBytes);

TEST_F(BsgCommandTest, TestUnitReadyHasTheBytesThatTheKernelTook) {
  const std::vector<std::uint8_t> then = Hex(
      "40a54a00 00000000 06000000 00000000 00000000 60000000 e0a44a00 00000000 00000000 00000000"
      "00000000 00000000 00000000 00000000 00000000 00000000 30750000 00000000 00000000 00000000");
  std::vector<std::uint8_t> now = Request();
  // The buffers were elsewhere then.
  Put(now, 0, kTurCdbThen);
  Put(now, 24, kSenseThen);
  EXPECT_EQ(now, then);
}

TEST_F(BsgCommandTest, ReportTargetPortGroupsHasTheBytesThatTheKernelTook) {
  const std::vector<std::uint8_t> then = Hex(
      "d8804a00 00000000 0c000000 00000000 00000000 60000000 e0a44a00 00000000 00000000 00000000"
      "00000000 00000000 e0a34a00 00000000 00010000 00000000 30750000 00000000 00000000 00000000");
  command_.cdb.length = 12;
  AskForData(256);
  std::vector<std::uint8_t> now = Request();
  Put(now, 0, kRtpgCdbThen);
  Put(now, 24, kSenseThen);
  Put(now, 48, kDataThen);
  EXPECT_EQ(now, then);
}

TEST_F(BsgCommandTest, BuffersAreThoseOfTheCommand) {
  AskForData(36);
  const std::vector<std::uint8_t> bytes = Request();
  const auto pointer_at = [&bytes](std::size_t offset) {
    std::uint64_t value = 0;
    std::memcpy(&value, &bytes[offset], sizeof value);
    return value;
  };
  EXPECT_EQ(pointer_at(0), AddressOf(command_.cdb.bytes.data()));
  EXPECT_EQ(pointer_at(24), AddressOf(command_.sense_buffer().data()));
  EXPECT_EQ(pointer_at(48), AddressOf(data_.data()));
}

// What the kernel's handler answered, word by word.

TEST_F(BsgCommandTest, GoodIsGood) {
  const scsi::Reply reply = Reply(0x0000000000000000);
  EXPECT_EQ(reply.error, 0);
  EXPECT_EQ(reply.status, 0x00);
  EXPECT_EQ(reply.host_status, 0);
  EXPECT_TRUE(reply.sense.empty());
  EXPECT_EQ(reply.data_length, 0u);
}

TEST_F(BsgCommandTest, ResidualOfGoodIsTakenFromWhatWasAsked) {
  AskForData(256);
  const scsi::Reply reply = Reply(0x000000e400000000);
  EXPECT_EQ(reply.status, 0x00);
  EXPECT_EQ(reply.data_length, 28u);
}

TEST_F(BsgCommandTest, CheckConditionComesWithItsSense) {
  const scsi::Reply reply =
      ReplyWithSense(0x0000000012000802, "70000600 0000000a 00000000 2a060000 0000");
  EXPECT_EQ(reply.error, 0);
  EXPECT_EQ(reply.status, 0x02);
  ASSERT_EQ(reply.sense.size(), 18u);
  EXPECT_EQ(reply.sense[12], 0x2a);
  EXPECT_FALSE(dialect_.status_shifted);
}

TEST_F(BsgCommandTest, ReservationConflictIsAStatusOfItsOwn) {
  const scsi::Reply reply = Reply(0x0000000000000018);
  EXPECT_EQ(reply.error, 0);
  EXPECT_EQ(reply.status, 0x18);
}

TEST_F(BsgCommandTest, HostStatusComesWithoutAnErrno) {
  EXPECT_EQ(Reply(0x0000000000010000).host_status, 0x01);
  EXPECT_EQ(Reply(0x00000000000e0000).host_status, 0x0e);
  EXPECT_EQ(Reply(0x0000000000030000).host_status, 0x03);
}

// The residual is 0 there though nothing was transferred.
TEST_F(BsgCommandTest, RefusedCommandHasTransferredNothing) {
  AskForData(256);
  const scsi::Reply reply =
      ReplyWithSense(0x0000000012000802, "70000500 0000000a 00000000 20000000 0000");
  EXPECT_EQ(reply.data_length, 0u);
}

TEST_F(BsgCommandTest, CommandThatNeverArrivedHasTransferredNothing) {
  AskForData(256);
  EXPECT_EQ(Reply(0x0000000000010000).data_length, 0u);
}

TEST_F(BsgCommandTest, ResidualBeyondWhatWasAskedIsNothing) {
  AskForData(36);
  EXPECT_EQ(Reply(0x0000100000000000).data_length, 0u);
}

TEST_F(BsgCommandTest, ErrnoIsTakenOver) {
  for (const int error : {ENODEV, ENOMEM, EPERM, EINVAL, EOPNOTSUPP}) {
    const scsi::Reply reply =
        BsgReply({.value = -error, .flags = 0, .extra = 0x2}, command_, dialect_);
    EXPECT_EQ(reply.error, error);
  }
}

TEST_F(BsgCommandTest, ShortageOfMemoryIsNoVerdictOnThePath) {
  const scsi::Reply reply =
      BsgReply({.value = -ENOMEM, .flags = 0, .extra = 0}, command_, dialect_);
  EXPECT_FALSE(std::holds_alternative<scsi::Lasting>(scsi::Judge(reply).verdict));
}

// A kernel that keeps the status shifted right by one.

TEST_F(BsgCommandTest, ShiftedCheckConditionIsRecognized) {
  const scsi::Reply reply =
      ReplyWithSense(0x0000000012000801, "70000600 0000000a 00000000 2a060000 0000");
  EXPECT_EQ(reply.error, 0);
  EXPECT_EQ(reply.status, 0x02);
  EXPECT_EQ(reply.sense.size(), 18u);
  EXPECT_TRUE(dialect_.status_shifted);
}

TEST_F(BsgCommandTest, AfterAShiftedCheckConditionEveryStatusIsShifted) {
  ReplyWithSense(0x0000000012000801, "70000600 0000000a 00000000 2a060000 0000");
  EXPECT_EQ(Reply(0x000000000000000c).status, 0x18);
  EXPECT_EQ(Reply(0x0000000000000004).status, 0x08);
  EXPECT_EQ(Reply(0x0000000000000000).status, 0x00);
  EXPECT_EQ(ReplyWithSense(0x0000000012000801, "70000200 0000000a 00000000 040b0000").status, 0x02);
}

// Completions that no kernel should send.

TEST_F(BsgCommandTest, CheckConditionWithoutTheDriversWordIsNotTrusted) {
  EXPECT_EQ(Reply(0x0000000012000002).error, EPROTO);
}

TEST_F(BsgCommandTest, GoodWithTheDriversWordForSenseIsNotTrusted) {
  EXPECT_EQ(Reply(0x0000000012000800).error, EPROTO);
}

TEST_F(BsgCommandTest, UnknownDriverStatusIsNotTrusted) {
  EXPECT_EQ(Reply(0x0000000000000600).error, EPROTO);
}

TEST_F(BsgCommandTest, MoreSenseThanTheBufferHoldsIsNotTrusted) {
  EXPECT_EQ(Reply(0x0000000060000802).error, 0);
  EXPECT_EQ(Reply(0x0000000061000802).error, EPROTO);
}

TEST_F(BsgCommandTest, OddStatusIsNotTrusted) {
  EXPECT_EQ(Reply(0x0000000000000001).error, EPROTO);
}

TEST_F(BsgCommandTest, PositiveResultIsNotTrusted) {
  EXPECT_EQ(BsgReply({.value = 88, .flags = 0, .extra = 0}, command_, dialect_).error, EPROTO);
}

TEST_F(BsgCommandTest, NoiseIsNeverGoodAndNeverLeavesTheBuffers) {
  const std::uint64_t seed = std::random_device{}();
  RecordProperty("seed", std::to_string(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  AskForData(64);
  for (int round = 0; round < 200'000; ++round) {
    // Every second word has only a few bits, so that it is near to something valid.
    const std::uint64_t word = round % 2 == 0 ? random() : random() & random() & random();
    BsgDialect dialect;
    const scsi::Reply reply = BsgReply({.value = 0, .flags = 0, .extra = word}, command_, dialect);
    ASSERT_LE(reply.sense.size(), kSenseBytes) << std::hex << word;
    ASSERT_LE(reply.data_length, data_.size()) << std::hex << word;
    const bool good = reply.error == 0 && reply.status == 0 && reply.host_status == 0;
    ASSERT_EQ(good, (word & 0xffffff) == 0 && (word >> 24 & 0xff) <= kSenseBytes)
        << std::hex << word;
  }
}

}  // namespace
}  // namespace pathwatch::passthrough
