#include "lib/passthrough/fabric_bytes.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "lib/scsi/fixed_sense.h"
#include "lib/scsi/inquiry.h"
#include "lib/scsi/report_luns.h"
#include "lib/scsi/sense.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::passthrough {
namespace {

using scsi::AccessState;

std::vector<scsi::PortGroup> TwoGroups() {
  return {{.id = 1,
           .state = AccessState::kOptimized,
           .state_code = 0,
           .preferred = true,
           .support = 0xCF,
           .status_code = 0,
           .ports = {1, 2}},
          {.id = 2,
           .state = AccessState::kOffline,
           .state_code = 0xE,
           .preferred = false,
           .support = 0xCF,
           .status_code = 2,
           .ports = {3}}};
}

TEST(FabricBytesTest, InquiryDataAreReadBack) {
  const Data data = InquiryData(0x00, 3, "SIMULATE", "ARRAY A", "0001");
  ASSERT_EQ(data.size(), scsi::kInquirySizeMin);
  const auto inquiry = scsi::ParseInquiry(data);
  ASSERT_TRUE(inquiry.ok());
  const scsi::Inquiry expected = {.peripheral_qualifier = 0,
                                  .peripheral_type = scsi::kPeripheralTypeDisk,
                                  .tpgs = 3,
                                  .vendor = "SIMULATE",
                                  .product = "ARRAY A",
                                  .revision = "0001"};
  EXPECT_EQ(*inquiry, expected);
}

TEST(FabricBytesTest, TextsThatAreTooLongAreCut) {
  const auto inquiry = scsi::ParseInquiry(InquiryData(0x00, 0, "VENDOR TOO LONG", "P", "12345"));
  ASSERT_TRUE(inquiry.ok());
  EXPECT_EQ(inquiry->vendor, "VENDOR T");
  EXPECT_EQ(inquiry->product, "P");
  EXPECT_EQ(inquiry->revision, "1234");
}

TEST(FabricBytesTest, TheIdentityPageIsReadBack) {
  const Data data = IdentityPage({0x60, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 7, 2);
  const auto page = scsi::ParseVpd83(data);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->page_length, data.size());
  EXPECT_FALSE(page->overrun.has_value());
  EXPECT_EQ(page->relative_target_port, 7);
  EXPECT_EQ(page->target_port_group, 2);
  EXPECT_EQ(scsi::LogicalUnitId(*page).value(), "3600102030405060708090a0b0c0d0e0f");
}

TEST(FabricBytesTest, GroupsAreReadBackWithTheLengthOnlyHeader) {
  const scsi::Rtpg reply = scsi::ParseRtpg(GroupsData(TwoGroups(), std::nullopt), 1'024);
  ASSERT_EQ(reply.outcome, scsi::RtpgOutcome::kParsed);
  EXPECT_FALSE(reply.extended);
  EXPECT_EQ(reply.flags, 0);
  EXPECT_EQ(reply.groups, TwoGroups());
}

TEST(FabricBytesTest, GroupsAreReadBackWithTheExtendedHeader) {
  const scsi::Rtpg reply = scsi::ParseRtpg(GroupsData(TwoGroups(), 30), 1'024);
  ASSERT_EQ(reply.outcome, scsi::RtpgOutcome::kParsed);
  EXPECT_TRUE(reply.extended);
  EXPECT_EQ(reply.implicit_transition_s, 30);
  EXPECT_EQ(reply.flags, 0);
  EXPECT_EQ(reply.groups, TwoGroups());
}

TEST(FabricBytesTest, LunsAreReadBackInTheKernelsForm) {
  const std::vector<std::uint64_t> luns = {0, 1, 255, 0x4100, 0x0001'0002'0003'4004};
  const auto list = scsi::ParseReportLuns(LunsData(luns), 4'096);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->luns, luns);
  EXPECT_EQ(list->reissue_length, 0u);
}

TEST(FabricBytesTest, FixedSenseIsReadBack) {
  const auto sense = scsi::ParseSense(scsi::FixedSense(0x2, 0x04, 0x0B));
  ASSERT_TRUE(sense.has_value());
  const scsi::Sense expected = {.key = 0x2,
                                .asc = 0x04,
                                .ascq = 0x0B,
                                .has_asc = true,
                                .deferred = false,
                                .information = std::nullopt};
  EXPECT_EQ(*sense, expected);
}

}  // namespace
}  // namespace pathwatch::passthrough
