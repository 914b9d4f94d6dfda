#include "lib/scsi/vpd83.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "tests/scsi/hex.h"
#include "tests/scsi/vectors.h"

namespace pathwatch::scsi {
namespace {

// A page from its designators.
std::vector<std::uint8_t> Page(std::string_view designators) {
  const auto payload = Hex(designators);
  auto page = Hex(absl::StrFormat("0083%04x", payload.size()));
  page.insert(page.end(), payload.begin(), payload.end());
  return page;
}

Vpd83 Parsed(const std::vector<std::uint8_t>& page) {
  const auto parsed = ParseVpd83(page);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *parsed : Vpd83{};
}

// The identifier, or the error's sentence.
std::string IdOf(std::string_view designators) {
  const auto id = LogicalUnitId(Parsed(Page(designators)));
  return id.ok() ? *id : std::string(id.status().message());
}

constexpr std::string_view kNaa6 = "01030010 60014050a1b2c3d4e5f60718293a4b5c ";
constexpr std::string_view kNaa5 = "01030008 50014050a1b2c3d4 ";
constexpr std::string_view kNaa2 = "01030008 20014050a1b2c3d4 ";
constexpr std::string_view kNaa3 = "01030008 3333333000001770 ";
constexpr std::string_view kEui8 = "01020008 0011223344556677 ";
constexpr std::string_view kName = "03080018 6e61612e3630303134303530413142324333443445354636 ";
constexpr std::string_view kT10 = "02010008 41424320 20202044 ";

std::string Both(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }

TEST(Vpd83Test, ScsiDebugPage) {
  const Vpd83 page = Parsed(Hex(vectors::kVpd83ScsiDebug));
  EXPECT_EQ(page.designators.size(), 7u);
  EXPECT_EQ(page.relative_target_port, 1);
  EXPECT_EQ(page.target_port_group, 0x300);
  EXPECT_EQ(page.page_length, 116u);
  EXPECT_FALSE(page.overrun.has_value());
  const auto id = LogicalUnitId(page);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "1Linux_scsi_debug_6000");
  EXPECT_EQ(LogicalUnitIdOf(page.designators[1]), "33333333000001770");
}

TEST(Vpd83Test, OverrunWithoutAnIdentifierIsAnError) {
  const Vpd83 page = Parsed(Hex(vectors::kVpd83Overrun));
  EXPECT_TRUE(page.designators.empty());
  EXPECT_EQ(page.overrun, (Vpd83::Overrun{4, 16, 8}));
  EXPECT_EQ(LogicalUnitId(page).status().message(),
            "VPD page 83h names no logical unit: its designator at byte 4 claims 16 bytes, but "
            "only 8 are left");
}

TEST(Vpd83Test, OverrunKeepsTheDesignatorsBeforeIt) {
  const Vpd83 page = Parsed(Page(Both(kNaa5, "01030010 60014050 deadbeef")));
  EXPECT_EQ(page.designators.size(), 1u);
  EXPECT_TRUE(page.overrun.has_value());
  EXPECT_EQ(*LogicalUnitId(page), "350014050a1b2c3d4");
}

TEST(Vpd83Test, AnotherPageIsRefused) {
  EXPECT_EQ(ParseVpd83(Hex(vectors::kVpd83OtherPage)).status().message(),
            "VPD page 83h was asked for, but page 80h came: the device does not identify itself");
}

TEST(Vpd83Test, ShortHeaderIsRefused) {
  EXPECT_EQ(ParseVpd83(Hex("008300")).status().message(),
            "VPD page 83h is short: 3 of the 4 bytes of its header arrived");
}

TEST(Vpd83Test, TargetPortGroupOfTwoBytesIsIgnored) {
  const Vpd83 page = Parsed(Hex(vectors::kVpd83ShortGroup));
  EXPECT_EQ(page.target_port_group, std::nullopt);
  EXPECT_EQ(LogicalUnitId(page).status().message(),
            "VPD page 83h names no logical unit: none of its designators (1) is an NAA, EUI-64, "
            "name or T10 identifier of it");
}

TEST(Vpd83Test, LioPage) {
  const Vpd83 page = Parsed(Hex(vectors::kVpd83Lio));
  ASSERT_EQ(page.designators.size(), 7u);
  EXPECT_FALSE(page.overrun.has_value());
  EXPECT_EQ(page.target_port_group, 0);
  EXPECT_EQ(page.relative_target_port, 1);
  EXPECT_EQ(*LogicalUnitId(page), "360014050a1b2c3d4e5f60718293a4b5c");
  EXPECT_EQ(LogicalUnitIdOf(page.designators[1]), "1LIO-ORG_disalpha:a1b2c3d4e5f60718293a4b5c");
  EXPECT_EQ(page.designators[4].type, DesignatorType::kLogicalUnitGroup);
  EXPECT_EQ(page.designators[5].association, Association::kTargetPort);
  EXPECT_EQ(page.designators[5].type, DesignatorType::kName);
  EXPECT_EQ(LogicalUnitIdOf(page.designators[5]), "");
  EXPECT_EQ(page.designators[6].association, Association::kTargetDevice);
}

TEST(Vpd83Test, EachRankBeatsTheNextOneInEitherOrder) {
  const std::vector<std::pair<std::string_view, std::string_view>> best_first = {
      {kNaa6, "360014050a1b2c3d4e5f60718293a4b5c"},
      {kNaa5, "350014050a1b2c3d4"},
      {kNaa2, "320014050a1b2c3d4"},
      {kEui8, "20011223344556677"},
      {kName, "360014050a1b2c3d4e5f6"},
      {kT10, "1ABC_D"},
      {kNaa3, "33333333000001770"},
  };
  for (std::size_t i = 0; i < best_first.size(); ++i) {
    EXPECT_EQ(IdOf(best_first[i].first), best_first[i].second);
    for (std::size_t j = i + 1; j < best_first.size(); ++j) {
      EXPECT_EQ(IdOf(Both(best_first[i].first, best_first[j].first)), best_first[i].second);
      EXPECT_EQ(IdOf(Both(best_first[j].first, best_first[i].first)), best_first[i].second);
    }
  }
}

TEST(Vpd83Test, TheFirstOfTwoEqualsWins) {
  EXPECT_EQ(IdOf(Both(kNaa5, "01030008 5111111111111111")), "350014050a1b2c3d4");
  EXPECT_EQ(IdOf(Both("01030008 5111111111111111", kNaa5)), "35111111111111111");
}

TEST(Vpd83Test, AllSizesOfEui64) {
  EXPECT_EQ(IdOf("0102000c 00112233445566778899aabb"), "200112233445566778899aabb");
  EXPECT_EQ(IdOf("01020010 00112233445566778899aabbccddeeff"), "200112233445566778899aabbccddeeff");
}

TEST(Vpd83Test, DesignatorsOfAWrongSizeAreNoIdentifier) {
  for (const std::string_view wrong :
       {"01030008 60014050a1b2c3d4", "01030004 50014050",
        "01030010 20014050a1b2c3d40000000000000000", "01030004 33333330",
        "01030008 40014050a1b2c3d4", "0102000a 00112233445566778899", "02010007 41424344454647",
        "03080003 6e6161", "03080006 75756964 2e31"}) {
    EXPECT_EQ(IdOf(wrong),
              "VPD page 83h names no logical unit: none of its designators (1) is an NAA, EUI-64, "
              "name or T10 identifier of it")
        << wrong;
  }
}

TEST(Vpd83Test, OtherTypesAreNoIdentifier) {
  for (const std::string_view type : {"00", "04", "05", "06", "07", "0a", "0f"}) {
    const std::string designator =
        "01" + std::string(type) + "0010 60014050a1b2c3d4e5f60718293a4b5c";
    EXPECT_TRUE(IdOf(designator).starts_with("VPD page 83h names no logical unit")) << type;
  }
}

TEST(Vpd83Test, OtherAssociationsAreNoIdentifier) {
  for (const std::string_view association : {"13", "23", "33"}) {
    const std::string designator = "01" + std::string(association) + "0008 50014050a1b2c3d4";
    EXPECT_TRUE(IdOf(designator).starts_with("VPD page 83h names no logical unit")) << association;
  }
}

TEST(Vpd83Test, NameFormsDependOnTheirPrefix) {
  // "eui.00AB" and "iqn.Ab:c", both NUL padded.
  EXPECT_EQ(IdOf("0308000c 6575692e30304142 00000000"), "200ab");
  EXPECT_EQ(IdOf("0308000c 69716e2e41623a63 00000000"), "8Ab:c");
}

TEST(Vpd83Test, UnprintableBytesNeverLeave) {
  EXPECT_EQ(IdOf("0201000a 41421b5b 0aff7f41 4200"), "1AB_[___AB");
  EXPECT_EQ(IdOf("0308000c 69716e2e1b5b6d0a 20417f00"), "8_[m__A_");
}

TEST(Vpd83Test, LongIdentifiersAreCut) {
  std::string designator = "020100ff ";
  for (int i = 0; i < 255; ++i) designator += "41";
  EXPECT_EQ(IdOf(designator), "1" + std::string(126, 'A'));
}

TEST(Vpd83Test, EmptyDesignatorsAreLeftOut) {
  EXPECT_EQ(Parsed(Page(Both("01030000 ", kNaa5))).designators.size(), 1u);
}

TEST(Vpd83Test, TheFirstPortNumbersOfTheTargetPortCount) {
  const Vpd83 page =
      Parsed(Page("51950004 00000007 51950004 00000008 51940004 00000009 51940004 0000000a"));
  EXPECT_EQ(page.target_port_group, 7);
  EXPECT_EQ(page.relative_target_port, 9);
}

TEST(Vpd83Test, PortNumbersOfAnotherAssociationAreIgnored) {
  const Vpd83 page = Parsed(Page("01050004 00000007 01240004 00000009"));
  EXPECT_EQ(page.target_port_group, std::nullopt);
  EXPECT_EQ(page.relative_target_port, std::nullopt);
}

TEST(Vpd83Test, BytesBeyondThePageLengthAreNotRead) {
  auto page = Page(kNaa5);
  const auto more = Hex(kNaa6);
  page.insert(page.end(), more.begin(), more.end());
  EXPECT_EQ(*LogicalUnitId(Parsed(page)), "350014050a1b2c3d4");
}

TEST(Vpd83Test, CutPageTellsItsWholeLength) {
  auto page = Page(Both(kNaa5, kNaa6));
  page.resize(16);
  const Vpd83 parsed = Parsed(page);
  EXPECT_EQ(parsed.page_length, 36u);
  EXPECT_EQ(parsed.designators.size(), 1u);
}

}  // namespace
}  // namespace pathwatch::scsi
