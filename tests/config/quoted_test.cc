#include "lib/config/quoted.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::config {
namespace {

TEST(QuotedTest, PrintableTextStaysAsItIs) {
  EXPECT_EQ(Quoted("wwid=3600*"), "\"wwid=3600*\"");
  EXPECT_EQ(Quoted(""), "\"\"");
}

TEST(QuotedTest, WhatCouldSteerATerminalOrEndTheQuoteIsEscaped) {
  EXPECT_EQ(Quoted("\x1b[7m"), R"("\x1b[7m")");
  EXPECT_EQ(Quoted("a\nb\"c\\"), R"("a\nb\"c\\")");
  EXPECT_EQ(Quoted(std::string("\0", 1)), R"("\x00")");
  EXPECT_EQ(Quoted("\xc2\x9b\xff"), R"("\xc2\x9b\xff")");
}

TEST(QuotedTest, LongTextIsCut) {
  EXPECT_EQ(Quoted(std::string(60, 'a')), "\"" + std::string(60, 'a') + "\"");
  EXPECT_EQ(Quoted(std::string(61, 'a')), "\"" + std::string(60, 'a') + "...\"");
  EXPECT_LT(Quoted(std::string(1 << 20, '\x01')).size(), 250U);
}

}  // namespace
}  // namespace pathwatch::config
