#include "service/cli/array_checkers.h"

#include <gtest/gtest.h>

namespace pathwatch::cli {
namespace {

TEST(ArrayCheckersTest, HandlersOfTheKernelHaveTheirCheckers) {
  EXPECT_EQ(CheckerForHandler("rdac"), "rdac");
  EXPECT_EQ(CheckerForHandler("emc"), "emc_clariion");
  EXPECT_EQ(CheckerForHandler("hp_sw"), "hp_sw");
  for (const char* handler : {"alua", "detached", ""}) EXPECT_EQ(CheckerForHandler(handler), "");
}

TEST(ArrayCheckersTest, NamesCountByTheirBeginning) {
  EXPECT_EQ(CheckerForArray("DGC", "VRAID"), "emc_clariion");
  EXPECT_EQ(CheckerForArray("DGC", "RAID 5"), "emc_clariion");
  EXPECT_EQ(CheckerForArray("IBM", "1746      FAStT"), "rdac");
  EXPECT_EQ(CheckerForArray("LENOVO", "DE_Series"), "rdac");
  EXPECT_EQ(CheckerForArray("DEC", "HSG80"), "hp_sw");
}

TEST(ArrayCheckersTest, OthersOfTheSameVendorHaveNone) {
  EXPECT_EQ(CheckerForArray("NETAPP", "LUN C-Mode"), "");
  EXPECT_EQ(CheckerForArray("IBM", "1750500"), "");
  EXPECT_EQ(CheckerForArray("IBM", "2145"), "");
  EXPECT_EQ(CheckerForArray("SGI", "TP9100"), "");
  EXPECT_EQ(CheckerForArray("HP", "HSV210"), "");
  EXPECT_EQ(CheckerForArray("", ""), "");
}

}  // namespace
}  // namespace pathwatch::cli
