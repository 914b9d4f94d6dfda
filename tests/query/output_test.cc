#include "lib/query/output.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::query {
namespace {

std::string Text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(OutputTest, WhatIsBeingWrittenStaysInItsPlace) {
  Output output;
  output.Append("first");
  const auto next = output.Next();
  output.Append(std::string(100'000, 'x'));
  EXPECT_EQ(Text(next), "first");
  EXPECT_EQ(output.unread(), 100'005U);
  output.Written(5);
  EXPECT_EQ(output.Next().size(), 100'000U);
}

TEST(OutputTest, BytesAreWrittenInTheirOrderInPiecesOfAnySize) {
  for (const std::size_t piece : {1, 3, 1000}) {
    Output output;
    std::string expected;
    std::string written;
    for (int i = 0; i < 100 || output.unread() > 0; ++i) {
      if (i < 100) {
        expected += std::to_string(i);
        output.Append(std::to_string(i));
      }
      const auto next = output.Next();
      const auto now = next.first(std::min(piece, next.size()));
      written += Text(now);
      output.Written(now.size());
    }
    EXPECT_EQ(written, expected) << "in pieces of " << piece;
  }
}

TEST(OutputTest, NothingIsThereAtFirstAndInTheEnd) {
  Output output;
  EXPECT_TRUE(output.Next().empty());
  output.Append("x");
  EXPECT_EQ(output.Next().size(), 1U);
  output.Written(1);
  EXPECT_EQ(output.unread(), 0U);
  EXPECT_TRUE(output.Next().empty());
}

}  // namespace
}  // namespace pathwatch::query
