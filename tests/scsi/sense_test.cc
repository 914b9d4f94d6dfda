#include "lib/scsi/sense.h"

#include <gtest/gtest.h>

#include <string_view>

#include "tests/scsi/hex.h"

namespace pathwatch::scsi {
namespace {

std::optional<Sense> Parse(std::string_view hex) { return ParseSense(Hex(hex)); }

Sense With(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
  Sense sense;
  sense.key = key;
  sense.asc = asc;
  sense.ascq = ascq;
  sense.has_asc = true;
  return sense;
}

Sense KeyOnly(std::uint8_t key) {
  Sense sense;
  sense.key = key;
  return sense;
}

Sense Deferred(Sense sense) {
  sense.deferred = true;
  return sense;
}

TEST(SenseTest, FixedFormatUnitAttention) {
  EXPECT_EQ(Parse("70000600 0000000a 00000000 2a060000 0000"), With(6, 0x2A, 0x06));
}

TEST(SenseTest, DescriptorFormatUnitAttention) {
  EXPECT_EQ(Parse("72062a06 00000000"), With(6, 0x2A, 0x06));
}

TEST(SenseTest, FixedFormatThatDeclaresTooLittleLeavesAscUnknown) {
  EXPECT_EQ(Parse("70000200 00000004 00000000 040b"), KeyOnly(2));
}

TEST(SenseTest, FixedFormatThatDeclaresAscWithoutAscqLeavesBothUnknown) {
  EXPECT_EQ(Parse("70000200 00000005 00000000 040b"), KeyOnly(2));
}

TEST(SenseTest, FixedFormatThatDeclaresJustEnough) {
  EXPECT_EQ(Parse("70000200 00000006 00000000 040b"), With(2, 0x04, 0x0B));
}

TEST(SenseTest, FixedFormatCutBeforeAscqLeavesBothUnknown) {
  EXPECT_EQ(Parse("70000200 0000000a 00000000 04"), KeyOnly(2));
}

TEST(SenseTest, FixedFormatCutBeforeAscLeavesAscUnknown) {
  EXPECT_EQ(Parse("70000200 0000000a 00000000"), KeyOnly(2));
}

TEST(SenseTest, DescriptorFormatTransition) {
  EXPECT_EQ(Parse("7202040a 00000000"), With(2, 0x04, 0x0A));
}

TEST(SenseTest, DescriptorFormatCutBeforeAscqLeavesBothUnknown) {
  EXPECT_EQ(Parse("720204"), KeyOnly(2));
}

TEST(SenseTest, DescriptorFormatDeferred) {
  EXPECT_EQ(Parse("7302040a 00000000"), Deferred(With(2, 0x04, 0x0A)));
}

TEST(SenseTest, FixedFormatDeferred) {
  EXPECT_EQ(Parse("71000300 0000000a 00000000 0c000000 0000"), Deferred(With(3, 0x0C, 0x00)));
}

TEST(SenseTest, FixedFormatInformation) {
  Sense expected = With(2, 0x04, 0x01);
  expected.information = 2000;
  EXPECT_EQ(Parse("f0000200 0007d00a 00000000 04010000 0000"), expected);
}

TEST(SenseTest, FixedFormatInformationCutIsAbsent) {
  EXPECT_EQ(Parse("f0000200 0007"), KeyOnly(2));
  EXPECT_EQ(Parse("f0000200 0007d0")->information, 2000u);
}

TEST(SenseTest, DescriptorFormatInformation) {
  Sense expected = With(2, 0x04, 0x01);
  expected.information = 0x1122334455667788;
  EXPECT_EQ(Parse("72020401 0000000c 000a8000 11223344 55667788"), expected);
}

TEST(SenseTest, DescriptorFormatInformationBehindAnotherDescriptor) {
  Sense expected = With(2, 0x04, 0x01);
  expected.information = 2000;
  EXPECT_EQ(Parse("72020401 00000014 02060000 80123400 000a8000 00000000 000007d0"), expected);
}

TEST(SenseTest, DescriptorFormatInformationNotValidIsAbsent) {
  EXPECT_EQ(Parse("72020401 0000000c 000a0000 11223344 55667788"), With(2, 0x04, 0x01));
}

TEST(SenseTest, DescriptorFormatInformationOutsideTheDeclaredLengthIsAbsent) {
  EXPECT_EQ(Parse("72020401 00000000 000a8000 11223344 55667788"), With(2, 0x04, 0x01));
}

TEST(SenseTest, DescriptorFormatDescriptorCutIsAbsent) {
  EXPECT_EQ(Parse("72020401 0000000c 000a8000 11223344 556677"), With(2, 0x04, 0x01));
}

TEST(SenseTest, FlagsBesideTheKeyAreNotTheKey) {
  EXPECT_EQ(Parse("7000e200 0000000a 00000000 3a000000 0000"), With(2, 0x3A, 0x00));
}

TEST(SenseTest, FixedFormatCutAfterTheKeyLeavesAscUnknown) {
  EXPECT_EQ(Parse("700006"), KeyOnly(6));
}

TEST(SenseTest, DescriptorFormatCutAfterTheKeyLeavesAscUnknown) {
  EXPECT_EQ(Parse("7205"), KeyOnly(5));
}

TEST(SenseTest, SenseWithoutItsKeyIsNotUsable) {
  EXPECT_EQ(Parse("70"), std::nullopt);
  EXPECT_EQ(Parse("7000"), std::nullopt);
  EXPECT_EQ(Parse("72"), std::nullopt);
}

TEST(SenseTest, ZeroesAreNoSense) { EXPECT_EQ(Parse("00000000 00000000"), std::nullopt); }

TEST(SenseTest, NothingIsNoSense) { EXPECT_EQ(Parse(""), std::nullopt); }

TEST(SenseTest, OtherResponseCodesAreNotUsable) {
  EXPECT_EQ(Parse("7f062a06 00000000"), std::nullopt);
  EXPECT_EQ(Parse("74062a06 00000000"), std::nullopt);
  EXPECT_EQ(Parse("6f000600 0000000a 00000000 2a060000 0000"), std::nullopt);
}

}  // namespace
}  // namespace pathwatch::scsi
