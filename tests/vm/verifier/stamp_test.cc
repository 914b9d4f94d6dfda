#include "tests/vm/verifier/stamp.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace {

using Block = std::array<uint64_t, 8192>;

Block Filled(uint64_t block, uint64_t generation) {
  Block words;
  stamp_fill(words.data(), words.size(), block, generation);
  return words;
}

bool Matches(const Block& words, uint64_t block, uint64_t generation) {
  return stamp_matches(words.data(), words.size(), block, generation);
}

TEST(Stamp, WhatWasWrittenMatches) { EXPECT_TRUE(Matches(Filled(7, 3), 7, 3)); }

TEST(Stamp, AnOlderGenerationDoesNotMatch) { EXPECT_FALSE(Matches(Filled(7, 2), 7, 3)); }

TEST(Stamp, AnotherBlockDoesNotMatch) {
  EXPECT_FALSE(Matches(Filled(8, 3), 7, 3));
  EXPECT_FALSE(Matches(Filled(3, 7), 7, 3));
}

TEST(Stamp, ZerosDoNotMatch) { EXPECT_FALSE(Matches(Block{}, 0, 1)); }

TEST(Stamp, ABlockWrittenInPartDoesNotMatch) {
  Block words = Filled(7, 3);
  const Block older = Filled(7, 2);
  // The smallest part that a disk writes is 512 bytes.
  std::copy_n(older.end() - 64, 64, words.end() - 64);
  EXPECT_FALSE(Matches(words, 7, 3));
}

TEST(Stamp, SectorsInAnotherOrderDoNotMatch) {
  Block words = Filled(7, 3);
  std::swap_ranges(words.begin(), words.begin() + 64, words.begin() + 64);
  EXPECT_FALSE(Matches(words, 7, 3));
}

}  // namespace
