#include "lib/passthrough/sg_header.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "lib/scsi/cdb.h"
#include "lib/scsi/verdict.h"

namespace pathwatch::passthrough {
namespace {

class PlainCommand final : public Command {
  void OnReply(const scsi::Reply&) override {}
};

class SgHeaderTest : public testing::Test {
 protected:
  SgHeaderTest() {
    command_.cdb = scsi::TestUnitReady();
    command_.timeout_ms = 30'000;
  }
  PlainCommand command_;
};

TEST_F(SgHeaderTest, TestUnitReadyHasNoDataPhaseAndAllOfTheSenseBuffer) {
  const sg_io_hdr header = SgRequest(command_, 7);
  EXPECT_EQ(header.interface_id, 'S');
  EXPECT_EQ(header.dxfer_direction, SG_DXFER_NONE);
  EXPECT_EQ(header.cmd_len, 6);
  EXPECT_EQ(header.cmdp, command_.cdb.bytes.data());
  EXPECT_EQ(header.mx_sb_len, 96);
  EXPECT_EQ(header.sbp, command_.sense_buffer().data());
  EXPECT_EQ(header.dxfer_len, 0u);
  EXPECT_EQ(header.dxferp, nullptr);
  EXPECT_EQ(header.timeout, 30'000u);
  EXPECT_EQ(header.flags, 0u);
  EXPECT_EQ(header.pack_id, 7);
}

TEST_F(SgHeaderTest, InquiryReadsFromTheDevice) {
  std::array<std::uint8_t, 36> data{};
  command_.cdb = scsi::StandardInquiry(36);
  command_.data_in = data;
  const sg_io_hdr header = SgRequest(command_, 1);
  EXPECT_EQ(header.dxfer_direction, SG_DXFER_FROM_DEV);
  EXPECT_EQ(header.dxfer_len, 36u);
  EXPECT_EQ(header.dxferp, data.data());
}

TEST_F(SgHeaderTest, StatusHostStatusAndSenseAreTakenOver) {
  sg_io_hdr header = SgRequest(command_, 3);
  header.status = 0x02;
  header.host_status = 0x0e;
  header.sb_len_wr = 18;
  command_.sense_buffer()[2] = 0x06;
  const scsi::Reply reply = SgReply(header, command_, 3);
  EXPECT_EQ(reply.error, 0);
  EXPECT_EQ(reply.status, 0x02);
  EXPECT_EQ(reply.host_status, 0x0e);
  ASSERT_EQ(reply.sense.size(), 18u);
  EXPECT_EQ(reply.sense[2], 0x06);
}

TEST_F(SgHeaderTest, TheResidualIsTakenFromTheLength) {
  std::array<std::uint8_t, 36> data{};
  command_.data_in = data;
  sg_io_hdr header = SgRequest(command_, 3);
  header.resid = 30;
  EXPECT_EQ(SgReply(header, command_, 3).data_length, 6u);
  header.resid = 1'000;
  EXPECT_EQ(SgReply(header, command_, 3).data_length, 0u);
  header.resid = -5;
  EXPECT_EQ(SgReply(header, command_, 3).data_length, 36u);
}

TEST_F(SgHeaderTest, AReplyToAnEarlierCommandIsRefused) {
  const sg_io_hdr header = SgRequest(command_, 3);
  EXPECT_EQ(SgReply(header, command_, 4).error, EPROTO);
}

// The reply that a kernel writes when it takes us for a 32-bit program: a header of 64 bytes with
// 32-bit pointers (pack_id at 36, usr_ptr at 40, status at 44, ...), the rest of our 88 untouched.
TEST_F(SgHeaderTest, AReplyInThe32BitLayoutIsRefusedAndNeverReadsAsUp) {
  std::array<std::uint8_t, sizeof(sg_io_hdr)> bytes{};
  const std::int32_t interface_id = 'S';
  const std::int32_t direction = SG_DXFER_NONE;
  const std::uint32_t cookie = 3;
  std::memcpy(&bytes[0], &interface_id, 4);
  std::memcpy(&bytes[4], &direction, 4);
  bytes[8] = 6;
  bytes[9] = 96;
  std::memcpy(&bytes[36], &cookie, 4);
  std::memcpy(&bytes[40], &cookie, 4);
  bytes[44] = 0x02;
  bytes[47] = 18;
  sg_io_hdr header;
  std::memcpy(&header, bytes.data(), sizeof header);
  ASSERT_EQ(header.status, 0);  // what a careless reader would take for GOOD

  const scsi::Reply reply = SgReply(header, command_, 3);
  EXPECT_EQ(reply.error, EPROTO);
  EXPECT_FALSE(std::holds_alternative<scsi::Lasting>(scsi::Judge(reply).verdict));
}

TEST_F(SgHeaderTest, AReplyOfZerosIsRefused) {
  EXPECT_EQ(SgReply(sg_io_hdr{}, command_, 3).error, EPROTO);
}

TEST_F(SgHeaderTest, MoreSenseThanTheBufferHoldsIsCut) {
  sg_io_hdr header = SgRequest(command_, 3);
  header.sb_len_wr = 255;
  EXPECT_EQ(SgReply(header, command_, 3).sense.size(), 96u);
}

}  // namespace
}  // namespace pathwatch::passthrough
