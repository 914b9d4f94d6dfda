#include "service/cli/escape.h"

#include <gtest/gtest.h>

namespace pathwatch::cli {
namespace {

TEST(EscapeTest, PlainTextAndValidUtf8Stay) {
  EXPECT_EQ(EscapeForTerminal("iqn.2026-11.example:disk 1"), "iqn.2026-11.example:disk 1");
  EXPECT_EQ(EscapeForTerminal("Plattenspeicher Süd €"), "Plattenspeicher Süd €");
  EXPECT_EQ(EscapeForTerminal("\xf0\x9f\x92\xbe"), "\xf0\x9f\x92\xbe");
  EXPECT_EQ(EscapeForTerminal(""), "");
}

TEST(EscapeTest, ControlCharactersBecomeVisibleForTerminalsOnly) {
  const std::string hostile("\x1b[2J\r\n\x7f\0", 8);
  EXPECT_EQ(EscapeForTerminal(hostile), "\\x1b[2J\\x0d\\x0a\\x7f\\x00");
  EXPECT_EQ(EscapeInvalidUtf8(hostile), hostile);
}

TEST(EscapeTest, C1ControlsAndChangesOfDirectionBecomeVisible) {
  EXPECT_EQ(EscapeForTerminal("a\xc2\x9b"
                              "31m"),
            "a\\xc2\\x9b31m");  // U+009B, CSI
  EXPECT_EQ(EscapeForTerminal("a\xe2\x80\xae"
                              "b"),
            "a\\xe2\\x80\\xaeb");  // U+202E
  EXPECT_EQ(EscapeForTerminal("a\xe2\x80\x8b"
                              "b"),
            "a\\xe2\\x80\\x8bb");  // U+200B
}

TEST(EscapeTest, BytesOutsideOfUtf8BecomeVisibleOneByOne) {
  EXPECT_EQ(EscapeInvalidUtf8("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(EscapeInvalidUtf8("\x80z"), "\\x80z");         // a continuation without a start
  EXPECT_EQ(EscapeInvalidUtf8("\xc0\xaf"), "\\xc0\\xaf");  // "/" in a form that is too long
  EXPECT_EQ(EscapeInvalidUtf8("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
  EXPECT_EQ(EscapeInvalidUtf8("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(EscapeInvalidUtf8("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
}

TEST(EscapeTest, SequenceThatIsCutOffBecomesVisible) {
  EXPECT_EQ(EscapeInvalidUtf8("ab\xe2\x82"), "ab\\xe2\\x82");
  EXPECT_EQ(EscapeInvalidUtf8("\xe2(\xa1"), "\\xe2(\\xa1");
}

}  // namespace
}  // namespace pathwatch::cli
