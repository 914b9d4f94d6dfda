#include "lib/query/reply_writer.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/ring/loop_testing.h"

namespace pathwatch::query {
namespace {

class ReplyWriterTest : public testing::Test {
 protected:
  std::string Written() {
    const auto bytes = output_.Next();
    std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    output_.Written(bytes.size());
    return text;
  }

  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
  Output output_;
  ReplyWriter writer_{*loop_, output_, 100};
};

TEST_F(ReplyWriterTest, RepliesAreFrames) {
  writer_.BeginCall(true, false);
  writer_.Begin();
  writer_.Append("{\"a\"");
  writer_.Append(":1}");
  writer_.End(/*continues=*/true);
  EXPECT_EQ(Written(), std::string(R"({"parameters":{"a":1},"continues":true})") + '\0');
  EXPECT_FALSE(writer_.finished());
  writer_.Begin();
  writer_.Append("{}");
  writer_.End(/*continues=*/false);
  EXPECT_EQ(Written(), std::string(R"({"parameters":{}})") + '\0');
  EXPECT_TRUE(writer_.finished());
}

TEST_F(ReplyWriterTest, ErrorIsTheLastReply) {
  writer_.BeginCall(true, false);
  writer_.Fail("a.b.E", "{}");
  EXPECT_EQ(Written(), std::string(R"({"error":"a.b.E","parameters":{}})") + '\0');
  EXPECT_TRUE(writer_.finished());
}

TEST_F(ReplyWriterTest, NothingIsWrittenForAOnewayCall) {
  writer_.BeginCall(false, true);
  writer_.Begin();
  writer_.Append("{}");
  writer_.End(/*continues=*/false);
  EXPECT_TRUE(writer_.finished());
  writer_.BeginCall(false, true);
  writer_.Fail("a.b.E", "{}");
  EXPECT_TRUE(writer_.finished());
  EXPECT_EQ(Written(), "");
}

TEST_F(ReplyWriterTest, EnoughIsWhenTheTimeIsUpOrTooMuchIsUnread) {
  writer_.BeginCall(false, false);
  writer_.set_end_ns(loop_->clock_ns());
  EXPECT_TRUE(writer_.Enough());
  writer_.set_end_ns(loop_->clock_ns() + ring::kTestWait);
  EXPECT_FALSE(writer_.Enough());
  writer_.Begin();
  writer_.Append(std::string(100, ' '));
  EXPECT_TRUE(writer_.Enough());
  Written();
  EXPECT_FALSE(writer_.Enough());
}

using ReplyWriterDeathTest = ReplyWriterTest;

TEST_F(ReplyWriterDeathTest, AnswerThatBreaksTheRulesIsABug) {
  writer_.BeginCall(false, false);
  EXPECT_DEATH(writer_.Append("x"), "an answer wrote outside of a reply");
  EXPECT_DEATH(writer_.End(false), "an answer ended a reply that it had not begun");
  writer_.Begin();
  EXPECT_DEATH(writer_.Begin(), "an answer began a reply within or after another one");
  EXPECT_DEATH(writer_.Fail("e", "{}"), "an answer failed within or after a reply");
  EXPECT_DEATH(writer_.End(true), "an answer has several replies, but the caller wants one");
  writer_.End(/*continues=*/false);
  EXPECT_DEATH(writer_.Begin(), "an answer began a reply within or after another one");
}

}  // namespace
}  // namespace pathwatch::query
