#include "lib/config/nearest_name.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::config {
namespace {

std::string QuestionFor(std::string_view wanted, const std::vector<std::string_view>& names) {
  NearestName nearest(wanted);
  for (const std::string_view name : names) nearest.Offer(name);
  return nearest.Question();
}

TEST(NearestNameTest, FewestWrongCharactersWin) {
  EXPECT_EQ(QuestionFor("intervall", {"deadline", "interval"}), "; did you mean interval?");
  EXPECT_EQ(QuestionFor("debgu1", {"debug", "debgu2"}), "; did you mean debgu2?");
}

TEST(NearestNameTest, FirstOfTheEquallyNearWins) {
  EXPECT_EQ(QuestionFor("sdx", {"sda", "sdb"}), "; did you mean sda?");
}

TEST(NearestNameTest, ShortNamesMayHaveOneWrongCharacterAndLongOnesTwo) {
  EXPECT_EQ(QuestionFor("chxxk", {"check"}), "");
  EXPECT_EQ(QuestionFor("chek", {"check"}), "; did you mean check?");
  EXPECT_EQ(QuestionFor("deamon", {"daemon"}), "; did you mean daemon?");
  EXPECT_EQ(QuestionFor("dxxmxn", {"daemon"}), "");
}

TEST(NearestNameTest, TwoNeighboursSwappedAreOneWrongCharacter) {
  EXPECT_EQ(QuestionFor("chekc", {"check"}), "; did you mean check?");
  EXPECT_EQ(QuestionFor("hceck", {"check"}), "; did you mean check?");
  EXPECT_EQ(QuestionFor("hcekc", {"check"}), "");
}

TEST(NearestNameTest, NothingIsNearToOneCharacterOrNone) {
  EXPECT_EQ(QuestionFor("", {"a", ""}), "");
  EXPECT_EQ(QuestionFor("x", {"a", "b"}), "");
}

TEST(NearestNameTest, MegabyteIsLikeNothing) {
  EXPECT_EQ(QuestionFor(std::string(1 << 20, 'a'), {"auto", "check"}), "");
}

}  // namespace
}  // namespace pathwatch::config
