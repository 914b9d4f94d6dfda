#include "lib/scsi/text.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi {
namespace {

Code WithErrno(std::uint16_t error) {
  Code code;
  code.error = error;
  return code;
}

Code WithHostStatus(std::uint16_t host_status) {
  Code code;
  code.host_status = host_status;
  return code;
}

Code WithStatus(std::uint8_t status) {
  Code code;
  code.status = status;
  return code;
}

Code WithKey(std::uint8_t key) {
  Code code = WithStatus(0x02);
  code.has_sense = true;
  code.sense_key = key;
  return code;
}

Code WithSense(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
  Code code = WithKey(key);
  code.has_asc = true;
  code.asc = asc;
  code.ascq = ascq;
  return code;
}

TEST(TextTest, Good) { EXPECT_EQ(Describe(Code{}), "GOOD: the logical unit is ready"); }

TEST(TextTest, SenseWithTheStandardsText) {
  EXPECT_EQ(Describe(WithSense(0x2, 0x04, 0x0B)),
            "CHECK CONDITION, sense 02/04/0B (Logical unit not accessible, target port in standby "
            "state): target port is in standby state");
  EXPECT_EQ(Describe(WithSense(0x6, 0x2A, 0x06)),
            "CHECK CONDITION, sense 06/2A/06 (Asymmetric access state changed): the array has "
            "changed the access state of a target port group");
}

TEST(TextTest, VendorsSenseHasNoTextOfTheStandard) {
  EXPECT_EQ(Describe(WithSense(0x5, 0x94, 0x01)),
            "CHECK CONDITION, sense 05/94/01: the other controller owns the logical unit");
  EXPECT_EQ(Describe(WithSense(0x2, 0x04, 0x81)),
            "CHECK CONDITION, sense 02/04/81: the firmware of the two controllers differs");
}

TEST(TextTest, SenseWithoutCodes) {
  EXPECT_EQ(Describe(WithKey(0x2)),
            "CHECK CONDITION, sense 02, no additional sense code: the logical unit is not ready");
}

TEST(TextTest, DeferredSense) {
  Code code = WithSense(0x3, 0x0C, 0x00);
  code.deferred = true;
  EXPECT_EQ(Describe(code),
            "CHECK CONDITION, deferred sense 03/0C/00 (Write error): an earlier command has "
            "failed");
}

TEST(TextTest, NoUsableSense) {
  EXPECT_EQ(Describe(WithStatus(0x02)),
            "CHECK CONDITION without usable sense: the target reports a condition, but not which "
            "one");
}

TEST(TextTest, Statuses) {
  EXPECT_EQ(Describe(WithStatus(0x18)),
            "RESERVATION CONFLICT: the path works, another initiator holds a reservation");
  EXPECT_EQ(Describe(WithStatus(0x99)), "SCSI status 99: no standard defines this status");
}

TEST(TextTest, HostStatuses) {
  EXPECT_EQ(Describe(WithHostStatus(0x01)),
            "host status 01 (DID_NO_CONNECT): the host adapter cannot reach the target port");
  EXPECT_EQ(Describe(WithHostStatus(0x2A)), "host status 2A: this host status is not known");
}

TEST(TextTest, Errnos) {
  EXPECT_EQ(Describe(WithErrno(ENODEV)), "errno 19 (ENODEV): the device is offline or deleted");
  EXPECT_EQ(Describe(WithErrno(4000)), "errno 4000: no rule covers this error");
}

TEST(TextTest, RemedyIsASentenceOrNothing) {
  EXPECT_EQ(Remedy(WithSense(0x5, 0x25, 0x00)),
            "Map the logical unit again, or delete the device on this host.");
  EXPECT_EQ(Remedy(Code{}), "");
}

// Every number that a row names has a name in words; only rows for a whole range of numbers do
// without.
TEST(TextTest, EveryKnownNumberHasAName) {
  for (const auto rows : AllRows()) {
    for (const Row& row : rows) {
      if (row.value == kAny || row.source == Source::kSense) continue;
      Code code;
      if (row.source == Source::kErrno) code.error = row.value.first;
      if (row.source == Source::kHostStatus) code.host_status = row.value.first;
      if (row.source == Source::kStatus) code.status = static_cast<std::uint8_t>(row.value.first);
      const std::string text = Describe(code);
      EXPECT_TRUE(text.starts_with("SCSI status") == false) << text;
      EXPECT_TRUE(row.source == Source::kStatus || text.find("): ") != std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace pathwatch::scsi
