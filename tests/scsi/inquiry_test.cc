#include "lib/scsi/inquiry.h"

#include <gtest/gtest.h>

#include "tests/scsi/hex.h"
#include "tests/scsi/vectors.h"

namespace pathwatch::scsi {
namespace {

TEST(InquiryTest, DiskWithImplicitAccess) {
  const auto inquiry = ParseInquiry(Hex(vectors::kInquiry[0]));
  ASSERT_TRUE(inquiry.ok()) << inquiry.status();
  EXPECT_EQ(inquiry->peripheral_qualifier, 0);
  EXPECT_EQ(inquiry->peripheral_type, kPeripheralTypeDisk);
  EXPECT_EQ(inquiry->tpgs, 1);
  EXPECT_EQ(inquiry->vendor, "LIO-ORG");
  EXPECT_EQ(inquiry->product, "disalpha");
  EXPECT_EQ(inquiry->revision, "4.0");
  EXPECT_TRUE(inquiry->connected());
}

TEST(InquiryTest, LunWithoutALogicalUnit) {
  const auto inquiry = ParseInquiry(Hex(vectors::kInquiry[1]));
  ASSERT_TRUE(inquiry.ok()) << inquiry.status();
  EXPECT_EQ(inquiry->peripheral_qualifier, 1);
  EXPECT_EQ(inquiry->peripheral_type, kPeripheralTypeNone);
  EXPECT_EQ(inquiry->tpgs, 0);
  EXPECT_FALSE(inquiry->connected());
}

TEST(InquiryTest, EitherQualifierOrTypeMeansNoLogicalUnit) {
  auto bytes = Hex(vectors::kInquiry[0]);
  bytes[0] = 0x60;  // PQ 3, PDT 0
  EXPECT_FALSE(ParseInquiry(bytes)->connected());
  bytes[0] = 0x1F;  // PQ 0, PDT 1Fh
  EXPECT_FALSE(ParseInquiry(bytes)->connected());
  bytes[0] = 0x14;  // PQ 0, zoned disk
  EXPECT_TRUE(ParseInquiry(bytes)->connected());
}

TEST(InquiryTest, TpgsIsBits5And4Alone) {
  auto bytes = Hex(vectors::kInquiry[0]);
  bytes[5] = 0xEF;
  EXPECT_EQ(ParseInquiry(bytes)->tpgs, 2);
}

TEST(InquiryTest, UnprintableBytesAreReplacedAndPaddingIsTrimmed) {
  auto bytes = Hex(vectors::kInquiry[0]);
  const auto vendor = Hex("201b5b31 6d0aff00");  // blank, ESC [ 1 m, newline, FFh, NUL
  std::copy(vendor.begin(), vendor.end(), bytes.begin() + 8);
  EXPECT_EQ(ParseInquiry(bytes)->vendor, "?[1m??");
}

TEST(InquiryTest, BlankNamesAreEmpty) {
  auto bytes = Hex(vectors::kInquiry[0]);
  std::fill(bytes.begin() + 8, bytes.begin() + 16, 0x20);
  std::fill(bytes.begin() + 32, bytes.begin() + 36, 0x00);
  EXPECT_EQ(ParseInquiry(bytes)->vendor, "");
  EXPECT_EQ(ParseInquiry(bytes)->revision, "");
}

TEST(InquiryTest, NothingReceivedIsAnError) {
  EXPECT_EQ(ParseInquiry({}).status().message(),
            "INQUIRY data is short: it has 0 of at least 36 bytes (nothing arrived); the identity "
            "of the device stays unknown");
}

TEST(InquiryTest, CutReplyIsAnError) {
  auto bytes = Hex(vectors::kInquiry[0]);
  bytes.resize(35);
  EXPECT_EQ(ParseInquiry(bytes).status().message(),
            "INQUIRY data is short: it has 35 of at least 36 bytes (no more arrived); the identity "
            "of the device stays unknown");
  bytes.resize(3);
  EXPECT_EQ(ParseInquiry(bytes).status().message(),
            "INQUIRY data is short: it has 3 of at least 36 bytes (no more arrived); the identity "
            "of the device stays unknown");
}

TEST(InquiryTest, BufferThatWasNeverFilledIsAnError) {
  EXPECT_EQ(ParseInquiry(std::vector<std::uint8_t>(96)).status().message(),
            "INQUIRY data is short: it has 5 of at least 36 bytes (its additional length field "
            "says so); the identity of the device stays unknown");
}

TEST(InquiryTest, ShortReplyThatSaysNoLogicalUnitIsBelieved) {
  const auto inquiry = ParseInquiry(Hex("7f 00 06 02 00"));
  ASSERT_TRUE(inquiry.ok()) << inquiry.status();
  EXPECT_EQ(inquiry->peripheral_qualifier, 3);
  EXPECT_FALSE(inquiry->connected());
  EXPECT_EQ(inquiry->vendor, "");
}

}  // namespace
}  // namespace pathwatch::scsi
