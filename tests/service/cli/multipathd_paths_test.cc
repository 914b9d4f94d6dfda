#include "service/cli/multipathd_paths.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace pathwatch::cli {
namespace {

TEST(MultipathdPathsTest, StatesMayHaveBlanks) {
  const auto paths = ParseMultipathdPaths(
      "3:0:0:1|sdc|active|ready|pathwatch\n4:0:0:1|sdd|failed|i/o pending|tur\n");
  ASSERT_TRUE(paths.ok()) << paths.status();
  ASSERT_EQ(paths->size(), 2U);
  const MultipathdPath& path = paths->at("sdd");
  EXPECT_EQ(path.hctl, "4:0:0:1");
  EXPECT_EQ(path.dm_state, "failed");
  EXPECT_EQ(path.state, "i/o pending");
  EXPECT_EQ(path.checker, "tur");
}

TEST(MultipathdPathsTest, PaddingIsNoPartOfAValue) {
  const auto paths = ParseMultipathdPaths("3:0:0:1 |sdc |active |ready |tur  \n\n  \n");
  ASSERT_TRUE(paths.ok()) << paths.status();
  EXPECT_EQ(paths->at("sdc").state, "ready");
  EXPECT_EQ(paths->at("sdc").checker, "tur");
}

TEST(MultipathdPathsTest, WildcardThatIsNotKnownIsNoValue) {
  EXPECT_EQ(ParseMultipathdPaths("3:0:0:1|sdc|active|ready|%c\n")->at("sdc").checker, "");
  EXPECT_EQ(ParseMultipathdPaths("3:0:0:1|sdc|active|ready|\n")->at("sdc").checker, "");
}

TEST(MultipathdPathsTest, NoPathsAreNoFailure) {
  EXPECT_TRUE(ParseMultipathdPaths("")->empty());
  EXPECT_TRUE(ParseMultipathdPaths("\n")->empty());
}

TEST(MultipathdPathsTest, RefusalIsQuoted) {
  EXPECT_EQ(ParseMultipathdPaths("permission deny: need to be root\n").status().message(),
            "multipathd answers: permission deny: need to be root");
  EXPECT_EQ(ParseMultipathdPaths("timeout\n").status().message(), "multipathd answers: timeout");
  EXPECT_EQ(ParseMultipathdPaths("3:0:0:1||active|ready|tur").status().message(),
            "multipathd answers: 3:0:0:1||active|ready|tur");
  EXPECT_EQ(ParseMultipathdPaths(std::string(1'000, 'x')).status().message().size(), 100U);
}

TEST(MultipathdPathsTest, AnyAnswerIsHarmless) {
  const std::string pieces[] = {"|", "\n", "sda", "%c", " ", std::string("\0", 1), "\xff", "ready"};
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 2'000; i++) {
    std::string text;
    for (int n = 0; n < 40; n++) text += pieces[random() % std::size(pieces)];
    const auto paths = ParseMultipathdPaths(text);
    if (!paths.ok()) {
      EXPECT_TRUE(std::string(paths.status().message()).starts_with("multipathd answers: "));
    }
  }
}

}  // namespace
}  // namespace pathwatch::cli
