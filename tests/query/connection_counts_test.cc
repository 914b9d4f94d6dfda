#include "lib/query/connection_counts.h"

#include <gtest/gtest.h>

namespace pathwatch::query {
namespace {

TEST(ConnectionCountsTest, EachUserHasItsOwnLimit) {
  ConnectionCounts counts(100, 2);
  EXPECT_FALSE(counts.Admit(1));
  EXPECT_FALSE(counts.Admit(1));
  EXPECT_FALSE(counts.Admit(2));
  const auto refusal = counts.Admit(1);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->what, "connections of uid 1");
  EXPECT_EQ(refusal->limit, 2U);
  EXPECT_EQ(refusal->option, "query.connections_per_uid");
  EXPECT_FALSE(counts.Admit(2));
  EXPECT_EQ(counts.total(), 4U);
}

TEST(ConnectionCountsTest, AllUsersShareOne) {
  ConnectionCounts counts(3, 2);
  for (uid_t uid = 1; uid <= 3; ++uid) EXPECT_FALSE(counts.Admit(uid));
  const auto refusal = counts.Admit(4);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->what, "connections");
  EXPECT_EQ(refusal->limit, 3U);
  EXPECT_EQ(refusal->option, "query.connections_max");
}

TEST(ConnectionCountsTest, WhoLeavesMakesRoom) {
  ConnectionCounts counts(1, 1);
  for (int round = 0; round < 3; ++round) {
    EXPECT_FALSE(counts.Admit(7));
    EXPECT_TRUE(counts.Admit(7));
    counts.Leave(7);
    EXPECT_EQ(counts.total(), 0U);
  }
}

}  // namespace
}  // namespace pathwatch::query
