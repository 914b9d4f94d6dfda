// Damaged replies, from a seed: the parsers keep their promises whatever arrives.
// Repeat a run with PATHWATCH_SEED=<the number that it printed>.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "tests/fuzz/scsi_entries.h"
#include "tests/fuzz/seed.h"
#include "tests/scsi/hex.h"
#include "tests/scsi/vectors.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Entry = std::string (*)(std::span<const std::uint8_t>);

constexpr int kMutations = 20'000;

class MutationTest : public testing::Test {
 protected:
  MutationTest() { random_.seed(Seed()); }

  // A number below `bound`.
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  // One damage: a bit, a byte, a cut, an insertion, a copied piece.
  void Damage(Bytes& bytes) {
    if (bytes.empty()) {
      bytes.push_back(static_cast<std::uint8_t>(random_()));
      return;
    }
    const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(Below(bytes.size()));
    switch (Below(6)) {
      case 0:
        *at = static_cast<std::uint8_t>(*at ^ 1U << Below(8));
        break;
      case 1:
        *at = static_cast<std::uint8_t>(random_());
        break;
      case 2:
        *at = Below(2) == 0 ? 0x00 : 0xFF;
        break;
      case 3:
        bytes.erase(at, bytes.end());
        break;
      case 4:
        bytes.insert(at, 1 + Below(8), static_cast<std::uint8_t>(random_()));
        break;
      default: {
        const Bytes piece(at, bytes.end());
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        break;
      }
    }
  }

  void Run(Entry entry, const std::vector<Bytes>& originals) {
    for (int i = 0; i < kMutations; ++i) {
      Bytes bytes = originals[Below(originals.size())];
      for (std::size_t damages = 1 + Below(4); damages > 0; --damages) Damage(bytes);
      ASSERT_EQ(entry(bytes), "") << "mutation " << i << ": " << testing::PrintToString(bytes);
    }
  }

  std::mt19937_64 random_;
};

template <typename Vectors>
std::vector<Bytes> FromHex(const Vectors& texts) {
  std::vector<Bytes> all;
  for (const auto& text : texts) all.push_back(Hex(text));
  return all;
}

TEST_F(MutationTest, Sense) { Run(CheckSense, FromHex(vectors::kSense)); }

TEST_F(MutationTest, Inquiry) { Run(CheckInquiry, FromHex(vectors::kInquiry)); }

TEST_F(MutationTest, Vpd83) { Run(CheckVpd83, FromHex(vectors::kVpd83)); }

TEST_F(MutationTest, ReportLuns) { Run(CheckReportLuns, FromHex(vectors::kReportLuns)); }

TEST_F(MutationTest, Rtpg) {
  std::vector<Bytes> originals;
  for (const auto& vector : vectors::kRtpg) originals.push_back(Hex(vector.hex));
  Run(CheckRtpg, originals);
}

TEST_F(MutationTest, Replies) {
  // Layout of CheckReply(): errno, host status, status, then sense.
  std::vector<Bytes> originals;
  for (const auto& sense : FromHex(vectors::kSense)) {
    for (const std::uint8_t status : {0x00, 0x02, 0x18}) {
      Bytes bytes = {0, 0, status};
      bytes.insert(bytes.end(), sense.begin(), sense.end());
      originals.push_back(bytes);
    }
  }
  Run(CheckReply, originals);
}

}  // namespace
}  // namespace pathwatch::scsi
