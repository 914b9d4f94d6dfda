#include <gtest/gtest.h>

#include "service/cli/top/controls.h"

namespace pathwatch::top {
namespace {

constexpr std::size_t kPageRows = 10;
constexpr std::size_t kRows = 25;

class TopControlsTest : public testing::Test {
 protected:
  void PressKey(Key::Kind kind) { Press({kind}, kPageRows, kRows, controls_); }
  void Type(const std::string& text) {
    for (const char c : text) Press({Key::Kind::kCharacter, c}, kPageRows, kRows, controls_);
  }

  Controls controls_;
};

TEST_F(TopControlsTest, ScrollingEndsWhereTheLastRowIsAtTheBottom) {
  PressKey(Key::Kind::kUp);
  EXPECT_EQ(controls_.first, 0U);
  PressKey(Key::Kind::kDown);
  EXPECT_EQ(controls_.first, 1U);
  PressKey(Key::Kind::kPageDown);
  EXPECT_EQ(controls_.first, 11U);
  PressKey(Key::Kind::kPageDown);
  EXPECT_EQ(controls_.first, 15U);
  PressKey(Key::Kind::kPageUp);
  EXPECT_EQ(controls_.first, 5U);
  PressKey(Key::Kind::kEnd);
  EXPECT_EQ(controls_.first, 15U);
  PressKey(Key::Kind::kHome);
  EXPECT_EQ(controls_.first, 0U);
}

TEST_F(TopControlsTest, FewRowsDoNotScroll) {
  Press({Key::Kind::kPageDown}, kPageRows, 3, controls_);
  EXPECT_EQ(controls_.first, 0U);
}

TEST_F(TopControlsTest, SortsByLetterAndInTurn) {
  PressKey(Key::Kind::kDown);
  Type("l");
  EXPECT_EQ(controls_.sort, SortBy::kLatency);
  EXPECT_EQ(controls_.first, 0U);
  Type(">>>");
  EXPECT_EQ(controls_.sort, SortBy::kState);
  Type("<");
  EXPECT_EQ(controls_.sort, SortBy::kChange);
  Type("d");
  EXPECT_EQ(controls_.sort, SortBy::kDevice);
  Type("c");
  EXPECT_EQ(controls_.sort, SortBy::kChange);
  Type("s");
  EXPECT_EQ(controls_.sort, SortBy::kState);
}

TEST_F(TopControlsTest, PagesTurnBothWays) {
  for (const char* key : {"n", "p", "\t"}) {
    Type(key);
    EXPECT_EQ(controls_.page, Page::kNexuses) << key;
    Type(key);
    EXPECT_EQ(controls_.page, Page::kPaths) << key;
  }
}

TEST_F(TopControlsTest, FilterTakesEffectWhileItIsTypedAndLettersAreNoCommands) {
  Type("/sdq");
  EXPECT_TRUE(controls_.typing);
  EXPECT_FALSE(controls_.quit);
  EXPECT_EQ(controls_.filter, "sdq");
  PressKey(Key::Kind::kBackspace);
  EXPECT_EQ(controls_.filter, "sd");
  PressKey(Key::Kind::kEnter);
  EXPECT_FALSE(controls_.typing);
  EXPECT_EQ(controls_.filter, "sd");
  Type("/a");
  EXPECT_EQ(controls_.filter, "sda");
  PressKey(Key::Kind::kEscape);
  EXPECT_FALSE(controls_.typing);
  EXPECT_EQ(controls_.filter, "");
}

TEST_F(TopControlsTest, EscapeEndsAFilterThatIsNotBeingTyped) {
  Type("/sd");
  PressKey(Key::Kind::kEnter);
  PressKey(Key::Kind::kEscape);
  EXPECT_EQ(controls_.filter, "");
}

TEST_F(TopControlsTest, AnyKeyEndsTheHelpAndDoesNothingElse) {
  Type("h");
  EXPECT_TRUE(controls_.help);
  Type("q");
  EXPECT_FALSE(controls_.help);
  EXPECT_FALSE(controls_.quit);
  Type("?");
  EXPECT_TRUE(controls_.help);
}

TEST_F(TopControlsTest, UnusableOnlyAndQuit) {
  Type("u");
  EXPECT_TRUE(controls_.only_not_usable);
  Type("u");
  EXPECT_FALSE(controls_.only_not_usable);
  Type("q");
  EXPECT_TRUE(controls_.quit);
}

}  // namespace
}  // namespace pathwatch::top
