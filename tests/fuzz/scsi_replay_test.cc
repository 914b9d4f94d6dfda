// The fuzz targets' entry functions with the known vectors, and every prefix of each: what the
// fuzzers start from holds in every ordinary build.
#include <gtest/gtest.h>

#include <string>

#include "tests/fuzz/scsi_entries.h"
#include "tests/scsi/hex.h"
#include "tests/scsi/vectors.h"

namespace pathwatch::scsi {
namespace {

using Entry = std::string (*)(std::span<const std::uint8_t>);

void ReplayPrefixes(Entry entry, std::string_view hex) {
  const auto bytes = Hex(hex);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    EXPECT_EQ(entry(std::span(bytes).first(size)), "") << hex << " cut to " << size;
  }
}

TEST(ScsiReplayTest, Sense) {
  for (const auto hex : vectors::kSense) ReplayPrefixes(CheckSense, hex);
}

TEST(ScsiReplayTest, Inquiry) {
  for (const auto hex : vectors::kInquiry) ReplayPrefixes(CheckInquiry, hex);
}

TEST(ScsiReplayTest, Vpd83) {
  for (const auto hex : vectors::kVpd83) ReplayPrefixes(CheckVpd83, hex);
}

TEST(ScsiReplayTest, ReportLuns) {
  for (const auto hex : vectors::kReportLuns) ReplayPrefixes(CheckReportLuns, hex);
}

TEST(ScsiReplayTest, Rtpg) {
  for (const auto& vector : vectors::kRtpg) ReplayPrefixes(CheckRtpg, vector.hex);
}

}  // namespace
}  // namespace pathwatch::scsi
