#include "tests/bench/query/reply_scan.h"

#include <gtest/gtest.h>

namespace pathwatch::bench {
namespace {

TEST(ReplyScanTest, SnapshotHasItsPaths) {
  ReplyScan reply(
      R"({"parameters":{"epoch":"1","sequence":7,"lost":true,"snapshot":[)"
      R"({"path":"3:0:0:12","state":"up"},{"path":"3:0:1:13","state":"down"}]},"continues":true})");
  EXPECT_EQ(reply.sequence(), 7U);
  EXPECT_TRUE(reply.lost());
  EXPECT_TRUE(reply.snapshot());
  EXPECT_FALSE(reply.complete());
  const auto first = reply.Next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->lun, 12U);
  EXPECT_EQ(first->state, "up");
  const auto second = reply.Next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->lun, 13U);
  EXPECT_EQ(second->state, "down");
  EXPECT_FALSE(reply.Next());
}

TEST(ReplyScanTest, ChangesHaveSequencesAndTheStateThatTheyLeadTo) {
  ReplyScan reply(
      R"({"parameters":{"epoch":"1","sequence":9,"changes":[)"
      R"({"sequence":8,"time":"t","path":"3:0:0:5","from":"up","to":"down","reason":"\"lost\":true"},)"
      R"({"sequence":9,"time":"t","path":"3:0:0:6","from":"down","to":"up"}]},"continues":true})");
  EXPECT_EQ(reply.sequence(), 9U);
  EXPECT_FALSE(reply.lost());
  EXPECT_FALSE(reply.snapshot());
  const auto first = reply.Next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->sequence, 8U);
  EXPECT_EQ(first->lun, 5U);
  EXPECT_EQ(first->state, "down");
  const auto second = reply.Next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->sequence, 9U);
  EXPECT_EQ(second->state, "up");
  EXPECT_FALSE(reply.Next());
}

TEST(ReplyScanTest, CompleteHasNothingElse) {
  ReplyScan reply(R"({"parameters":{"epoch":"1","sequence":9,"complete":true},"continues":true})");
  EXPECT_TRUE(reply.complete());
  EXPECT_EQ(reply.sequence(), 9U);
  EXPECT_FALSE(reply.Next());
}

}  // namespace
}  // namespace pathwatch::bench
