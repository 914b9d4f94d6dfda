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

TEST(EscapeTest, ControlCharactersBecomeVisible) {
  const std::string hostile("\x1b[2J\r\n\x7f\0", 8);
  EXPECT_EQ(present::EscapeForTerminal(hostile), "\\x1b[2J\\x0d\\x0a\\x7f\\x00");
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

TEST(EscapeTest, BytesOutsideOfUtf8BecomeVisible) {
  EXPECT_EQ(present::EscapeForTerminal("\xff\xfez"), "\\xff\\xfez");
  EXPECT_EQ(present::EscapeForTerminal("ab\xe2\x82"), "ab\\xe2\\x82");
}

}  // namespace
}  // namespace pathwatch::cli
