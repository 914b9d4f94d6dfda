#include <gtest/gtest.h>

#include "service/cli/top/picture.h"

namespace pathwatch::top {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TEST(PictureTest, WhatIsNotPrintableTakesOneColumnForEachByte) {
  EXPECT_EQ(Printable("sd\x1b[2Ja\n\xc3\xbc\x7f"), "sd?[2Ja????");
}

TEST(PictureTest, CutTextEndsWithAMark) {
  EXPECT_EQ(Cut("3600a098", 8), "3600a098");
  EXPECT_EQ(Cut("3600a098", 5), "3600>");
  EXPECT_EQ(Cut("3600a098", 0), "");
}

TEST(PictureTest, ColumnsAreAlignedAndTheLastOneIsCut) {
  const Rows rows = {{"3:0:0:1", "up", "ready"}, {"13:0:0:10", "no_answer", "nothing answers"}};
  EXPECT_EQ(Arrange({{"PATH", 16}, {"STATE", 13}, {"REASON", 99}}, rows, 30),
            (std::vector<std::string>{"PATH      STATE     REASON", "3:0:0:1   up        ready",
                                      "13:0:0:10 no_answer nothing a>"}));
}

TEST(PictureTest, ColumnWithoutTextIsLeftOutAndALongCellIsCut) {
  const Rows rows = {{"abcdefgh", "", "x"}};
  EXPECT_EQ(Arrange({{"A", 4}, {"B", 4}, {"C", 4}}, rows, 20),
            (std::vector<std::string>{"A    C", "abc> x"}));
}

TEST(PictureTest, NoLineIsWiderThanTheScreen) {
  const Rows rows = {{"abcdefgh", "ijklmnop", "qrstuvwx"}};
  for (std::size_t width = 0; width < 30; width++) {
    for (const std::string& line : Arrange({{"FIRST", 9}, {"SECOND", 9}, {"C", 9}}, rows, width)) {
      EXPECT_LE(line.size(), width) << line;
    }
  }
}

}  // namespace
}  // namespace pathwatch::top
