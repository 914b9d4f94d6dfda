#include "lib/query/frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::query {
namespace {

constexpr std::size_t kBytesMax = 4096;

class FramesTest : public testing::Test {
 protected:
  // Puts as much of `bytes` in as there is room for; returns the rest.
  std::string_view Put(std::string_view bytes, std::size_t piece = 1 << 20) {
    const auto room = frames_.Room();
    const std::size_t count = std::min({piece, room.size(), bytes.size()});
    if (count > 0) std::memcpy(room.data(), bytes.data(), count);
    frames_.Filled(count);
    return bytes.substr(count);
  }
  std::vector<std::string> Take() {
    std::vector<std::string> taken;
    while (const auto frame = frames_.First()) {
      taken.emplace_back(*frame);
      frames_.DropFirst();
    }
    return taken;
  }

  Frames frames_{kBytesMax};
};

TEST_F(FramesTest, FramesAreTheSameInPiecesOfAnySize) {
  const std::vector<std::string> expected = {"one", "", std::string(700, 'x'), "four",
                                             std::string(kBytesMax - 1, 'y')};
  std::string bytes;
  for (const std::string& frame : expected) bytes += frame + '\0';
  for (const std::size_t piece : {1, 2, 7, 511, 5000}) {
    std::vector<std::string> taken;
    for (std::string_view rest = bytes; !rest.empty();) {
      rest = Put(rest, piece);
      for (std::string& frame : Take()) taken.push_back(std::move(frame));
    }
    EXPECT_EQ(taken, expected) << "in pieces of " << piece;
    EXPECT_EQ(frames_.size(), 0U);
  }
}

TEST_F(FramesTest, FramesWaitInTheirOrderUntilTheBufferIsFull) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += std::to_string(10'000 + i) + '\0';
  std::string_view rest = bytes;
  while (frames_.size() < kBytesMax) rest = Put(rest);
  EXPECT_TRUE(frames_.Room().empty());
  EXPECT_FALSE(frames_.too_long());
  EXPECT_EQ(*frames_.First(), "10000");
  frames_.DropFirst();
  EXPECT_EQ(frames_.Room().size(), 6U);
  EXPECT_EQ(*frames_.First(), "10001");
  std::size_t count = 1 + Take().size();
  while (!rest.empty()) {
    rest = Put(rest);
    count += Take().size();
  }
  EXPECT_EQ(count, 1000U);
}

TEST_F(FramesTest, LongestFrameFitsAndOneByteMoreDoesNot) {
  std::string frame(kBytesMax - 1, 'x');
  std::string_view rest = frame;
  while (!rest.empty()) rest = Put(rest);
  EXPECT_FALSE(frames_.too_long());
  Put(std::string_view("\0", 1));
  EXPECT_EQ(Take(), std::vector<std::string>{frame});

  rest = frame;
  while (!rest.empty()) rest = Put(rest);
  Put("x");
  EXPECT_TRUE(frames_.too_long());
  EXPECT_TRUE(frames_.Room().empty());
}

TEST_F(FramesTest, FrameStaysInItsPlaceWhileMoreArrives) {
  Put(std::string_view("first\0second\0", 13));
  const auto room = frames_.Room();
  const std::string_view first = *frames_.First();
  frames_.DropFirst();
  std::memcpy(room.data(), "third", 6);
  EXPECT_EQ(first, "first");
  frames_.Filled(6);
  EXPECT_EQ(Take(), (std::vector<std::string>{"second", "third"}));
}

TEST_F(FramesTest, MemoryGrowsWithWhatWaitsAndShrinksAfterIt) {
  EXPECT_EQ(frames_.Room().size(), Frames::kSmallest);
  const std::string frame(2000, 'x');
  std::string_view rest = frame;
  while (!rest.empty()) rest = Put(rest);
  Put(std::string_view("\0", 1));
  EXPECT_FALSE(frames_.oversized());
  Take();
  EXPECT_TRUE(frames_.oversized());
  EXPECT_EQ(frames_.Room().size(), Frames::kSmallest);
  EXPECT_FALSE(frames_.oversized());
}

TEST(FramesLimitTest, LimitBelowTheSmallestBufferHolds) {
  Frames frames(3);
  EXPECT_EQ(frames.Room().size(), 3U);
  std::memcpy(frames.Room().data(), "ab", 3);
  frames.Filled(3);
  EXPECT_EQ(*frames.First(), "ab");
  frames.DropFirst();
  std::memcpy(frames.Room().data(), "abc", 3);
  frames.Filled(3);
  EXPECT_TRUE(frames.too_long());
}

}  // namespace
}  // namespace pathwatch::query
