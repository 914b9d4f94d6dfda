#include "lib/scsi/bytes.h"

#include <gtest/gtest.h>

#include "tests/scsi/hex.h"

namespace pathwatch::scsi {
namespace {

TEST(BytesTest, FieldsAreBigEndianAndUnsigned) {
  const auto bytes = Hex("00 f1e2d3c4b5a69788");
  EXPECT_EQ(ReadBe16(bytes, 1), 0xF1E2);
  EXPECT_EQ(ReadBe32(bytes, 1), 0xF1E2D3C4u);
  EXPECT_EQ(ReadBe64(bytes, 1), 0xF1E2D3C4B5A69788u);
}

}  // namespace
}  // namespace pathwatch::scsi
