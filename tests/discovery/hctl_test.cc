#include "lib/discovery/hctl.h"

#include <unordered_set>
#include <vector>

#include "gtest/gtest.h"

namespace pathwatch::discovery {
namespace {

TEST(HctlTest, WrittenAsTheKernelWritesIt) {
  EXPECT_EQ(FormatHctl({3, 0, 12, 1}), "3:0:12:1");
  EXPECT_EQ(FormatNexus({3, 0, 12, 1}), "3:0:12");
}

TEST(HctlTest, EveryAddressThatIsWrittenIsReadAgain) {
  for (const Hctl& hctl : {Hctl{0, 0, 0, 0}, Hctl{3, 1, 2, 12345678},
                           Hctl{4294967295, 4294967295, 4294967295, 18446744073709551615u}}) {
    EXPECT_EQ(ParseHctl(FormatHctl(hctl)), hctl) << FormatHctl(hctl);
  }
}

TEST(HctlTest, AnyOtherTextIsRefused) {
  for (const char* text : {"",
                           ":",
                           "1:2:3",
                           "1:2:3:",
                           "1:2:3:4:5",
                           ":1:2:3",
                           "1::3:4",
                           " 1:2:3:4",
                           "1:2:3:4 ",
                           "1:2:3:4\n",
                           "-1:2:3:4",
                           "+1:2:3:4",
                           "01:2:3:4",
                           "1:2:3:04",
                           "0x1:2:3:4",
                           "a:b:c:d",
                           "4294967296:0:0:0",
                           "0:0:0:18446744073709551616",
                           "host3",
                           "rport-3:0-0"}) {
    EXPECT_EQ(ParseHctl(text), std::nullopt) << "'" << text << "'";
  }
}

TEST(HctlTest, OrderedByNumbersNotByText) {
  const std::vector<Hctl> in_order = {{2, 9, 9, 9},   {10, 0, 0, 0},  {10, 0, 2, 5},
                                      {10, 0, 2, 10}, {10, 0, 10, 1}, {10, 1, 0, 0}};
  for (std::size_t i = 0; i + 1 < in_order.size(); ++i) {
    EXPECT_LT(in_order[i], in_order[i + 1]) << i;
  }
}

TEST(HctlTest, NeighboursHaveDifferentHashes) {
  std::unordered_set<std::size_t> hashes;
  for (std::uint32_t host = 0; host < 8; ++host) {
    for (std::uint32_t target = 0; target < 16; ++target) {
      for (std::uint64_t lun = 0; lun < 64; ++lun) {
        hashes.insert(std::hash<Hctl>()({host, 0, target, lun}));
      }
    }
  }
  EXPECT_EQ(hashes.size(), 8u * 16u * 64u);
}

}  // namespace
}  // namespace pathwatch::discovery
