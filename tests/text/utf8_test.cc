#include "lib/text/utf8.h"

#include <gtest/gtest.h>

namespace pathwatch::text {
namespace {

TEST(Utf8Test, CharactersAreJudgedByTheirFirstBytes) {
  const auto expect = [](std::string_view text, std::uint32_t code_point, std::size_t bytes) {
    EXPECT_EQ(FirstCharacter(text).code_point, code_point) << text;
    EXPECT_EQ(FirstCharacter(text).bytes, bytes) << text;
  };
  expect("az", 'a', 1);
  expect(std::string_view("\0", 1), 0, 1);
  expect("\xc2\x80", 0x80, 2);
  expect("\xe2\x82\xac and more", 0x20ac, 3);
  expect("\xed\x9f\xbf", 0xd7ff, 3);
  expect("\xee\x80\x80", 0xe000, 3);
  expect("\xf4\x8f\xbf\xbf", 0x10ffff, 4);
}

TEST(Utf8Test, Utf8IsToldFromOtherBytes) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("a \xe2\x82\xac \xf4\x8f\xbf\xbf"));
  for (const char* text : {
           "\xff",
           "\x80z",             // a continuation without a start
           "a\xe2\x82",         // cut short
           "\xe2(\xa1",         // something else in between
           "\xc0\xaf",          // "/" in a form that is too long, and again
           "\xe0\x80\xaf",      //
           "\xf0\x80\x80\xaf",  //
           "\xed\xa0\x80",      // a surrogate
           "\xf4\x90\x80\x80",  // above U+10FFFF
       }) {
    EXPECT_FALSE(IsUtf8(text)) << EscapeInvalidUtf8(text);
  }
}

TEST(Utf8Test, PlainTextAndControlCharactersStay) {
  const std::string text("Plattenspeicher S\xc3\xbc\x64 \xf0\x9f\x92\xbe\x1b[2J\r\n\x7f\0", 33);
  ASSERT_EQ(text.back(), '\0');
  EXPECT_EQ(EscapeInvalidUtf8(text), text);
}

TEST(Utf8Test, OtherBytesBecomeVisibleOneByOne) {
  EXPECT_EQ(EscapeInvalidUtf8("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(EscapeInvalidUtf8("\x80z"), "\\x80z");
  EXPECT_EQ(EscapeInvalidUtf8("\xc0\xaf"), "\\xc0\\xaf");
  EXPECT_EQ(EscapeInvalidUtf8("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
  EXPECT_EQ(EscapeInvalidUtf8("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(EscapeInvalidUtf8("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(Utf8Test, SequenceThatIsCutOffBecomesVisible) {
  EXPECT_EQ(EscapeInvalidUtf8("ab\xe2\x82"), "ab\\xe2\\x82");
  EXPECT_EQ(EscapeInvalidUtf8("\xe2(\xa1"), "\\xe2(\\xa1");
}

TEST(Utf8Test, CharactersThatShallNotStayBecomeVisibleToo) {
  const auto below_u100 = [](std::uint32_t c) { return c < 0x100; };
  EXPECT_EQ(Escape("\xc3\xbc\xe2\x82\xac\xff", below_u100), "\xc3\xbc\\xe2\\x82\\xac\\xff");
}

TEST(Utf8Test, NothingIsLeftThatIsNotUtf8) {
  for (unsigned first = 0; first < 0x100; ++first) {
    for (unsigned second = 0; second < 0x100; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      const std::string escaped = EscapeInvalidUtf8(text);
      EXPECT_TRUE(IsUtf8(escaped)) << escaped;
      EXPECT_EQ(escaped == text, IsUtf8(text)) << escaped;
    }
  }
}

}  // namespace
}  // namespace pathwatch::text
