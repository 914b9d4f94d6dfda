#include "service/present/escape.h"

#include <gtest/gtest.h>

namespace pathwatch::cli {
namespace {

TEST(EscapeTest, PlainTextAndValidUtf8Stay) {
  EXPECT_EQ(present::EscapeForTerminal("iqn.2026-11.example:disk 1"), "iqn.2026-11.example:disk 1");
  EXPECT_EQ(present::EscapeForTerminal("Plattenspeicher Süd €"), "Plattenspeicher Süd €");
  EXPECT_EQ(present::EscapeForTerminal("\xf0\x9f\x92\xbe"), "\xf0\x9f\x92\xbe");
  EXPECT_EQ(present::EscapeForTerminal(""), "");
}

TEST(EscapeTest, ControlCharactersBecomeVisibleForTerminalsOnly) {
  const std::string hostile("\x1b[2J\r\n\x7f\0", 8);
  EXPECT_EQ(present::EscapeForTerminal(hostile), "\\x1b[2J\\x0d\\x0a\\x7f\\x00");
  EXPECT_EQ(present::EscapeInvalidUtf8(hostile), hostile);
}

TEST(EscapeTest, C1ControlsAndChangesOfDirectionBecomeVisible) {
  EXPECT_EQ(present::EscapeForTerminal("a\xc2\x9b"
                                       "31m"),
            "a\\xc2\\x9b31m");  // U+009B, CSI
  EXPECT_EQ(present::EscapeForTerminal("a\xe2\x80\xae"
                                       "b"),
            "a\\xe2\\x80\\xaeb");  // U+202E
  EXPECT_EQ(present::EscapeForTerminal("a\xe2\x80\x8b"
                                       "b"),
            "a\\xe2\\x80\\x8bb");  // U+200B
}

TEST(EscapeTest, BytesOutsideOfUtf8BecomeVisibleOneByOne) {
  EXPECT_EQ(present::EscapeInvalidUtf8("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(present::EscapeInvalidUtf8("\x80z"), "\\x80z");  // a continuation without a start
  EXPECT_EQ(present::EscapeInvalidUtf8("\xc0\xaf"),
            "\\xc0\\xaf");  // "/" in a form that is too long
  EXPECT_EQ(present::EscapeInvalidUtf8("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
  EXPECT_EQ(present::EscapeInvalidUtf8("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(present::EscapeInvalidUtf8("\xf4\x90\x80\x80"),
            "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
}

TEST(EscapeTest, SequenceThatIsCutOffBecomesVisible) {
  EXPECT_EQ(present::EscapeInvalidUtf8("ab\xe2\x82"), "ab\\xe2\\x82");
  EXPECT_EQ(present::EscapeInvalidUtf8("\xe2(\xa1"), "\\xe2(\\xa1");
}

}  // namespace
}  // namespace pathwatch::cli
