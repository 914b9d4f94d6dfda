#include "lib/scsi/report_luns.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/scsi/hex.h"

namespace pathwatch::scsi {
namespace {

using Luns = std::vector<std::uint64_t>;

constexpr std::string_view kTwo = "00000010 00000000 0001000000000000 0000000000000000";

ReportedLuns Parsed(std::string_view hex, std::size_t allocation_length) {
  const auto parsed = ParseReportLuns(Hex(hex), allocation_length);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *parsed : ReportedLuns{};
}

std::string ErrorOf(std::string_view hex, std::size_t allocation_length) {
  return std::string(ParseReportLuns(Hex(hex), allocation_length).status().message());
}

TEST(ReportLunsTest, ListIsSorted) {
  const ReportedLuns two = Parsed(kTwo, 512);
  EXPECT_EQ(two.luns, (Luns{0, 1}));
  EXPECT_EQ(two.reissue_length, 0u);
  EXPECT_TRUE(two.Has(1));
  EXPECT_FALSE(two.Has(2));
}

TEST(ReportLunsTest, NumbersAreThoseOfTheKernel) {
  // Flat space 256, then a LUN with a second level.
  EXPECT_EQ(Parsed("00000010 00000000 4100000000000000 0001000200000000", 512).luns,
            (Luns{0x4100, 0x20001}));
}

TEST(ReportLunsTest, ALunThatComesTwiceCountsOnce) {
  EXPECT_EQ(Parsed("00000010 00000000 0001000000000000 0001000000000000", 512).luns, (Luns{1}));
}

TEST(ReportLunsTest, NoLogicalUnits) { EXPECT_TRUE(Parsed("00000000 00000000", 512).luns.empty()); }

TEST(ReportLunsTest, CutAtTheAllocationLengthIsToBeReadAgain) {
  const ReportedLuns cut = Parsed("00000010 00000000 0001000000000000", 16);
  EXPECT_EQ(cut.reissue_length, 24u);
}

TEST(ReportLunsTest, PaddingAfterTheListIsNoLun) {
  EXPECT_EQ(Parsed("00000008 00000000 0001000000000000 0000000000000000", 512).luns, (Luns{1}));
}

TEST(ReportLunsTest, BrokenListsAreRefused) {
  EXPECT_EQ(ErrorOf("00000010 0000", 512),
            "the list of logical units is short: 6 of the 8 bytes of its header arrived");
  EXPECT_EQ(ErrorOf("00000010 00000000 0001000000000000", 512),
            "the list of logical units claims 16 bytes, but only 8 arrived");
  EXPECT_EQ(ErrorOf("ffffffff 00000000 0001000000000000", 16),
            "the list of logical units claims 4294967295 bytes: at most 524288 are believed");
}

}  // namespace
}  // namespace pathwatch::scsi
