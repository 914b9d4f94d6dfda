#include "service/daemon/log/journal_sink.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/health/time.h"
#include "tests/ring/datagram_reader.h"

namespace pathwatch::service {
namespace {

class JournalSinkTest : public testing::Test {
 protected:
  void SetUp() override {
    auto loop = ring::Loop::Create({.entries = 64});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
    sink_ = std::make_unique<JournalSink>(*loop_, socket_,
                                          ring::DatagramWriter::Options{.datagrams_max = 2});
  }
  void Write(std::string_view text) {
    sink_->Write({.level = LogLevel::kInfo, .fields = LogFields{}, .text = text});
  }
  void Flush() { EXPECT_TRUE(sink_->Flush(loop_->clock_ns() + 20 * health::kSecond).ok()); }
  static std::string Entry(const std::string& priority, const std::string& text) {
    return "PRIORITY=" + priority + "\nSYSLOG_IDENTIFIER=pathwatchd\nMESSAGE=" + text + "\n";
  }

  const std::string socket_ = "/tmp/pathwatch-journal-sink-" + std::to_string(getpid());
  const ring::DatagramReader journal_{socket_};
  std::unique_ptr<JournalSink> sink_;
  std::unique_ptr<ring::Loop> loop_;
};

TEST_F(JournalSinkTest, LostLinesAreToldOfBeforeTheNextThatFits) {
  for (const char* text : {"a", "b", "lost", "lost"}) Write(text);
  EXPECT_EQ(sink_->lost(), 2u);
  // Room again, without Flush(), which would tell of them too.
  std::vector<std::string> arrived;
  while (arrived.size() < 2) {
    ASSERT_TRUE(loop_->RunOnce(loop_->clock_ns() + 20 * health::kSecond).ok());
    for (const std::string& entry : journal_.Take()) arrived.push_back(entry);
  }
  Write("c");
  Write("lost again");
  Flush();
  for (const std::string& entry : journal_.Take()) arrived.push_back(entry);
  EXPECT_EQ(arrived, (std::vector<std::string>{Entry("6", "a"), Entry("6", "b"),
                                               Entry("4", "2 log lines were lost"), Entry("6", "c"),
                                               Entry("4", "1 log line was lost")}));
  EXPECT_EQ(sink_->lost(), 3u);
}

TEST_F(JournalSinkTest, EndTellsOfLostLinesOnce) {
  for (const char* text : {"a", "b", "lost"}) Write(text);
  Flush();
  Flush();
  EXPECT_EQ(journal_.Take(), (std::vector<std::string>{Entry("6", "a"), Entry("6", "b"),
                                                       Entry("4", "1 log line was lost")}));
}

}  // namespace
}  // namespace pathwatch::service
