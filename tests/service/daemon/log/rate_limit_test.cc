#include "service/daemon/log/rate_limit.h"

#include <gtest/gtest.h>

#include "lib/health/time.h"

namespace pathwatch::service {
namespace {

using health::kSecond;

TEST(RateLimitTest, SoManyPerSecondAndTheOthersAreCounted) {
  RateLimit limit(2);
  EXPECT_TRUE(limit.Allow(10 * kSecond));
  EXPECT_TRUE(limit.Allow(10 * kSecond + 1));
  EXPECT_FALSE(limit.Allow(10 * kSecond + 2));
  EXPECT_FALSE(limit.Allow(11 * kSecond - 1));
  EXPECT_EQ(limit.TakeSuppressed(11 * kSecond - 1), 0u);
  EXPECT_EQ(limit.TakeSuppressed(11 * kSecond), 2u);
  EXPECT_EQ(limit.TakeSuppressed(11 * kSecond), 0u);
  EXPECT_TRUE(limit.Allow(11 * kSecond));
}

TEST(RateLimitTest, AskingForRoomUsesNoneUp) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.HasRoom(kSecond));
  EXPECT_TRUE(limit.HasRoom(kSecond));
  EXPECT_TRUE(limit.Allow(kSecond));
  EXPECT_FALSE(limit.HasRoom(kSecond));
  EXPECT_TRUE(limit.HasRoom(2 * kSecond));
}

TEST(RateLimitTest, NewNumberCountsInTheSecondThatHasBegun) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.Allow(kSecond));
  EXPECT_FALSE(limit.Allow(kSecond));
  limit.Set(2);
  EXPECT_TRUE(limit.Allow(kSecond));
  EXPECT_FALSE(limit.Allow(kSecond));
}

}  // namespace
}  // namespace pathwatch::service
