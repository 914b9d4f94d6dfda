#include "service/cli/table.h"

#include <gtest/gtest.h>

namespace pathwatch::cli {
namespace {

TEST(TableTest, ColumnsAreAlignedAndNothingFollowsTheLastCell) {
  Table table({"PATH", "STATE", "REASON"});
  table.AddRow({"3:0:0:1", "up", "well"});
  table.AddRow({"3:0:0:12", "no_answer", "no answer for 12 s"});
  EXPECT_EQ(table.Text(),
            "PATH      STATE      REASON\n"
            "3:0:0:1   up         well\n"
            "3:0:0:12  no_answer  no answer for 12 s\n");
}

TEST(TableTest, TableWithoutRowsHasItsHeadings) {
  EXPECT_EQ(Table({"PATH", "STATE"}).Text(), "PATH  STATE\n");
}

TEST(TableTest, EmptyCellIsADashAndHostileBytesAreVisible) {
  Table table({"A", "B"});
  table.AddRow({"", "x\ny"});
  EXPECT_EQ(table.Text(), "A  B\n-  x\\x0ay\n");
}

TEST(TableTest, CharactersOfSeveralBytesCountOnce) {
  Table table({"A", "B"});
  table.AddRow({"ü", "1"});
  table.AddRow({"uu", "2"});
  EXPECT_EQ(table.Text(), "A   B\nü   1\nuu  2\n");
}

}  // namespace
}  // namespace pathwatch::cli
