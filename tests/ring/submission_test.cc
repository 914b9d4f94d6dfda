#include "lib/ring/submission.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::ring {
namespace {

// "2e000000 0400" -> bytes.
std::vector<std::byte> FromHex(std::string_view text) {
  std::vector<std::byte> bytes;
  std::string digits;
  for (const char c : text) {
    if (c == ' ') continue;
    digits += c;
    if (digits.size() < 2) continue;
    bytes.push_back(static_cast<std::byte>(std::stoi(digits, nullptr, 16)));
    digits.clear();
  }
  return bytes;
}

// As the kernel's handler got it: fd 4, user_data 0x77, TEST UNIT READY with 30 s.
constexpr std::string_view kHead =
    "2e000000 04000000 00000000 00000000 00000000 00000000 00000000 00000000 "
    "77000000 00000000 00000000 00000000";
constexpr std::string_view kTestUnitReady =
    "40a54a00 00000000 06000000 00000000 00000000 60000000 e0a44a00 00000000 00000000 00000000 "
    "00000000 00000000 00000000 00000000 00000000 00000000 30750000 00000000 00000000 00000000";
// REPORT TARGET PORT GROUPS with 256 bytes.
constexpr std::string_view kReportTargetPortGroups =
    "d8804a00 00000000 0c000000 00000000 00000000 60000000 e0a44a00 00000000 00000000 00000000 "
    "00000000 00000000 e0a34a00 00000000 00010000 00000000 30750000 00000000 00000000 00000000";

std::vector<std::byte> Fill(std::string_view payload_hex) {
  const std::vector<std::byte> payload = FromHex(payload_hex);
  // What the entry held before must not shine through.
  std::array<std::byte, kBigSqeBytes> sqe;
  sqe.fill(std::byte{0xa5});
  FillUringCommand(sqe, 4, std::span<const std::byte, kCommandBytes>(payload), 0x77);
  return {sqe.begin(), sqe.end()};
}

std::vector<std::byte> Concatenate(std::string_view head, std::string_view payload) {
  return FromHex(std::string(head) + std::string(payload));
}

TEST(SubmissionTest, TestUnitReadyHasTheBytesThatTheKernelTook) {
  EXPECT_EQ(Fill(kTestUnitReady), Concatenate(kHead, kTestUnitReady));
}

TEST(SubmissionTest, ReportTargetPortGroupsHasTheBytesThatTheKernelTook) {
  EXPECT_EQ(Fill(kReportTargetPortGroups), Concatenate(kHead, kReportTargetPortGroups));
}

}  // namespace
}  // namespace pathwatch::ring
