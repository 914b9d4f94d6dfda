#include "lib/scsi/cdb.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "tests/scsi/hex.h"

namespace pathwatch::scsi {
namespace {

// All 16 bytes count: nothing may be left behind the end.
Cdb Expected(std::string_view hex) {
  const auto bytes = Hex(hex);
  Cdb cdb;
  std::copy(bytes.begin(), bytes.end(), cdb.bytes.begin());
  cdb.length = static_cast<std::uint8_t>(bytes.size());
  return cdb;
}

TEST(CdbTest, TestUnitReady) { EXPECT_EQ(TestUnitReady(), Expected("00 00 00 00 00 00")); }

TEST(CdbTest, InquiryStandardData) {
  EXPECT_EQ(StandardInquiry(36), Expected("12 00 00 00 24 00"));
  EXPECT_EQ(StandardInquiry(0x1234), Expected("12 00 00 12 34 00"));
}

TEST(CdbTest, InquiryVitalProductDataPage) {
  EXPECT_EQ(InquiryVpd(0x83, 0xFEDC), Expected("12 01 83 fe dc 00"));
}

TEST(CdbTest, ReportTargetPortGroupsLengthOnlyHeader) {
  EXPECT_EQ(ReportTargetPortGroups(1024, RtpgHeader::kLengthOnly),
            Expected("a3 0a 00 00 00 00 00 00 04 00 00 00"));
}

TEST(CdbTest, ReportTargetPortGroupsExtendedHeader) {
  EXPECT_EQ(ReportTargetPortGroups(0x12345678, RtpgHeader::kExtended),
            Expected("a3 2a 00 00 00 00 12 34 56 78 00 00"));
}

TEST(CdbTest, ReportLuns) {
  EXPECT_EQ(ReportLuns(0x1234), Expected("a0 00 00 00 00 00 00 00 12 34 00 00"));
}

}  // namespace
}  // namespace pathwatch::scsi
