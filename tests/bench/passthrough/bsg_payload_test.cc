#include "tests/bench/passthrough/bsg_payload.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "absl/strings/escaping.h"

namespace pathwatch::bench {
namespace {

std::string Hex(const BsgPayload& payload) {
  std::string bytes(sizeof payload, '\0');
  std::memcpy(bytes.data(), &payload, sizeof payload);
  return absl::BytesToHexString(bytes);
}

TEST(BsgPayloadTest, TurHasTheBytesThatTheKernelWasSeenToTake) {
  EXPECT_EQ(Hex(BsgTur(0x4aa540, 0x4aa4e0, 30'000)),
            "40a54a0000000000"
            "06000000000000000000000060000000"
            "e0a44a0000000000"
            "00000000000000000000000000000000"
            "00000000000000000000000000000000"
            "30750000000000000000000000000000");
}

TEST(BsgPayloadTest, GoodIsOnlyACommandThatCameBackWithoutAnyStatus) {
  EXPECT_TRUE(BsgGood(0, 0));
  EXPECT_FALSE(BsgGood(0, 0x0000000012000802)) << "CHECK CONDITION";
  EXPECT_FALSE(BsgGood(0, 0x0000000000000018)) << "RESERVATION CONFLICT";
  EXPECT_FALSE(BsgGood(0, 0x0000000000010000)) << "NO_CONNECT";
  EXPECT_FALSE(BsgGood(-19, 0)) << "ENODEV";
}

}  // namespace
}  // namespace pathwatch::bench
