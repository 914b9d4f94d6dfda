#include "service/daemon/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace pathwatch::service {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

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

class LoggerTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(pipe(ends_), 0);
    auto loop = ring::Loop::Create({.entries = 64});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
  }
  std::string Logged(bool journal_prefix) {
    ring::LineWriter writer(*loop_, ends_[1], {});
    const auto log = MakeLogger(writer, journal_prefix);
    log->warn("path {} is {}", "3:0:0:1", "down");
    EXPECT_TRUE(writer.Flush(loop_->clock_ns() + kSecond).ok());
    char text[256];
    const ssize_t length = read(ends_[0], text, sizeof text);
    loop_.reset();
    return {text, static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
  }

  int ends_[2];
  std::unique_ptr<ring::Loop> loop_;
};

TEST_F(LoggerTest, ALineHasTimeLevelAndText) {
  const std::string line = Logged(false);
  EXPECT_NE(line.find(" warning path 3:0:0:1 is down\n"), std::string::npos) << line;
  EXPECT_EQ(line.substr(4, 1), "-") << line;
}

TEST_F(LoggerTest, UnderTheJournalALineHasItsPriorityAlone) {
  EXPECT_EQ(Logged(true), "<4>path 3:0:0:1 is down\n");
}

}  // namespace
}  // namespace pathwatch::service
