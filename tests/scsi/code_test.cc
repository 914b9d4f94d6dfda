#include "lib/scsi/code.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "tests/scsi/hex.h"

namespace pathwatch::scsi {
namespace {

TEST(CodeTest, GoodIsTheEmptyCode) { EXPECT_EQ(CodeOf(Reply{}), Code{}); }

TEST(CodeTest, ErrnoSilencesEverythingElse) {
  Reply reply;
  reply.error = ENODEV;
  reply.status = 0x18;
  reply.host_status = 7;
  Code expected;
  expected.error = ENODEV;
  EXPECT_EQ(CodeOf(reply), expected);
}

TEST(CodeTest, NoErrorEverBecomesNoError) {
  Reply reply;
  reply.error = 0x10000;
  EXPECT_NE(CodeOf(reply).error, 0);
  reply.error = -ENODEV;
  EXPECT_NE(CodeOf(reply).error, 0);
}

TEST(CodeTest, CheckConditionCarriesItsSense) {
  const auto sense = Hex("7302040a 00000000");
  Reply reply;
  reply.status = 0x02;
  reply.host_status = 0x0A;
  reply.sense = sense;
  Code expected;
  expected.host_status = 0x0A;
  expected.status = 0x02;
  expected.sense_key = 0x2;
  expected.asc = 0x04;
  expected.ascq = 0x0A;
  expected.has_sense = true;
  expected.has_asc = true;
  expected.deferred = true;
  EXPECT_EQ(CodeOf(reply), expected);
}

TEST(CodeTest, CheckConditionWithUnknownAscHasAKeyOnly) {
  const auto sense = Hex("700006");
  Reply reply;
  reply.status = 0x02;
  reply.sense = sense;
  Code expected;
  expected.status = 0x02;
  expected.sense_key = 0x6;
  expected.has_sense = true;
  EXPECT_EQ(CodeOf(reply), expected);
}

TEST(CodeTest, SenseBesideAnotherStatusIsNotItsSense) {
  const auto sense = Hex("72020401 00000000");
  Reply reply;
  reply.status = 0x08;
  reply.sense = sense;
  Code expected;
  expected.status = 0x08;
  EXPECT_EQ(CodeOf(reply), expected);
}

}  // namespace
}  // namespace pathwatch::scsi
