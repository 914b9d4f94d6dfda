#include "service/daemon/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/ring/datagram_reader.h"
#include "tests/service/daemon/kept_lines.h"

namespace pathwatch::service {
namespace {

using health::kSecond;

std::vector<std::string> Texts(KeptLines& sink) {
  std::vector<std::string> texts;
  for (const KeptLine& line : sink.Take()) texts.push_back(line.text);
  return texts;
}

class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    auto loop = ring::Loop::Create({.entries = 64});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
  }
  KeptLines& Make(const LogOptions& options) {
    auto sink = std::make_unique<KeptLines>();
    KeptLines& lines = *sink;
    log_ = std::make_unique<Log>(*loop_, options, std::move(sink));
    return lines;
  }

  const LogFields path_ = {.path = "3:0:0:1", .cause = LogCause::kStateDown};
  std::unique_ptr<Log> log_;
  std::unique_ptr<ring::Loop> loop_;
};

TEST_F(LogTest, LevelCanBeChangedWhileTheDaemonRuns) {
  KeptLines& lines = Make({.level = LogLevel::kWarn});
  log_->Info("quiet");
  log_->Warn("loud");
  EXPECT_FALSE(log_->WantsChange(LogLevel::kInfo));
  EXPECT_EQ(Texts(lines), std::vector<std::string>{"loud"});
  log_->SetLevel(LogLevel::kDebug);
  log_->Info("heard {}", "now");
  log_->Write(LogLevel::kDebug, path_, "this too");
  EXPECT_TRUE(log_->WantsChange(LogLevel::kDebug));
  EXPECT_EQ(Texts(lines), (std::vector<std::string>{"heard now", "this too"}));
  log_->SetLevel(LogLevel::kError);
  log_->Warn("quiet again");
  log_->Error("still heard");
  EXPECT_EQ(Texts(lines), std::vector<std::string>{"still heard"});
}

TEST_F(LogTest, RepeatedLinesAreHeldBackAndToldOfWithTheNext) {
  KeptLines& lines = Make({.repeats = 2});
  for (int i = 0; i < 5; ++i) log_->Write(LogLevel::kWarn, path_, "down {}", i);
  EXPECT_EQ(Texts(lines), (std::vector<std::string>{"down 0", "down 1"}));
  log_->SetLineLimit(3, 600 * kSecond);
  log_->Write(LogLevel::kWarn, path_, "down");
  EXPECT_EQ(Texts(lines),
            std::vector<std::string>{"down (3 lines like this were held back in 10m)"});
  log_->Write(LogLevel::kWarn, path_, "down");
  log_->SetLineLimit(4, 90 * kSecond);
  log_->Write(LogLevel::kWarn, path_, "down");
  EXPECT_EQ(Texts(lines),
            std::vector<std::string>{"down (1 line like this was held back in 1m30s)"});
}

TEST_F(LogTest, SweepTellsOfLinesThatNoOtherFollowed) {
  KeptLines& lines = Make({.repeats = 1, .period_ns = 1});
  const LogFields nexus = {.nexus = "3:0:0", .cause = LogCause::kNexusSilent};
  for (int i = 0; i < 3; ++i) log_->Write(LogLevel::kWarn, path_, "down");
  for (int i = 0; i < 2; ++i) log_->Write(LogLevel::kWarn, nexus, "silent");
  lines.Take();
  log_->Sweep();
  EXPECT_TRUE(lines.Take().empty());
  ASSERT_TRUE(loop_->RunOnce(0).ok());  // time passes
  log_->Sweep();
  const std::vector<KeptLine> swept = lines.Take();
  ASSERT_EQ(swept.size(), 2u);
  EXPECT_EQ(swept[0].text, "path 3:0:0:1: 2 lines with the cause state_down were held back in 1ns");
  EXPECT_EQ(swept[0].fields, path_);
  EXPECT_EQ(swept[0].level, LogLevel::kWarn);
  EXPECT_EQ(swept[1].text,
            "I_T nexus 3:0:0: 1 line with the cause nexus_silent was held back in 1ns");
}

TEST_F(LogTest, ChangesOfAllPathsTogetherHaveALimitPerSecond) {
  KeptLines& lines = Make({.changes_max_per_s = 2});
  int wanted = 0;
  for (int i = 0; i < 5; ++i) {
    if (!log_->WantsChange(LogLevel::kWarn)) continue;
    ++wanted;
    const LogFields fields = {.path = std::to_string(i), .cause = LogCause::kStateDown};
    log_->WriteChange(LogLevel::kWarn, fields, "path {} down", i);
  }
  EXPECT_EQ(wanted, 2);
  EXPECT_EQ(Texts(lines), (std::vector<std::string>{"path 0 down", "path 1 down"}));
  log_->SetChangesMax(3);
  EXPECT_TRUE(log_->WantsChange(LogLevel::kWarn));
  log_->Sweep();
  EXPECT_EQ(Texts(lines), std::vector<std::string>{"3 more state changes are not listed"});
}

TEST_F(LogTest, ChangeThatIsHeldBackLeavesTheLimitPerSecondToOthers) {
  KeptLines& lines = Make({.repeats = 1, .changes_max_per_s = 2});
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(log_->WantsChange(LogLevel::kWarn));
    log_->WriteChange(LogLevel::kWarn, path_, "flapping");
  }
  EXPECT_TRUE(log_->WantsChange(LogLevel::kWarn));
  log_->WriteChange(LogLevel::kWarn, {.path = "4:0:0:1", .cause = LogCause::kStateDown}, "other");
  EXPECT_EQ(Texts(lines), (std::vector<std::string>{"flapping", "other"}));
}

// Stderr is a pipe, the journal a socket of our own.
class LogTargetTest : public LogTest {
 protected:
  void SetUp() override {
    LogTest::SetUp();
    ASSERT_EQ(pipe(ends_), 0);
    unsetenv("JOURNAL_STREAM");
    options_.journal_socket = "/tmp/pathwatch-journal-" + std::to_string(getpid());
  }
  void TearDown() override {
    unsetenv("JOURNAL_STREAM");
    loop_.reset();
    for (const int end : ends_) close(end);
  }
  void SetJournalStream(int fd) {
    struct stat file = {};
    ASSERT_EQ(fstat(fd, &file), 0);
    const std::string value = std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino);
    setenv("JOURNAL_STREAM", value.c_str(), 1);
  }
  void LogTo(LogTarget target) {
    options_.target = target;
    log_ = Log::Open(*loop_, options_, ends_[1]);
    log_->Write(LogLevel::kWarn, path_, "it is down");
    const absl::Status flushed = log_->Flush(loop_->clock_ns() + kFlushNs);
    EXPECT_EQ(flushed.ok(), flushed_) << flushed;
  }
  std::string OnStderr() {
    char text[1024];
    if (fcntl(ends_[0], F_SETFL, O_NONBLOCK) != 0) return "";
    const ssize_t length = read(ends_[0], text, sizeof text);
    return {text, static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
  }

  static constexpr std::int64_t kFlushNs = kSecond / 5;
  static constexpr const char* kEntry =
      "PRIORITY=4\nSYSLOG_IDENTIFIER=pathwatchd\nMESSAGE=it is down\nPATH=3:0:0:1\n"
      "CAUSE=state_down\n";
  using Entries = std::vector<std::string>;

  int ends_[2];
  bool flushed_ = true;  // what is expected of Flush()
  LogOptions options_;
};

// With 9 for every digit, and + for either sign of the time zone at its place.
std::string Shape(std::string line) {
  constexpr std::size_t kSign = 23;
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }, '9');
  if (line.size() > kSign && line[kSign] == '-') line[kSign] = '+';
  return line;
}

TEST_F(LogTargetTest, OutsideTheJournalALineHasTimeLevelAndText) {
  const ring::DatagramReader journal(options_.journal_socket);
  LogTo(LogTarget::kAuto);
  const std::string line = OnStderr();
  EXPECT_EQ(Shape(line), "9999-99-99T99:99:99.999+99:99 warning it is down\n");
  EXPECT_EQ(journal.Take(), Entries{});
}

TEST_F(LogTargetTest, JournalStreamOfAnotherProgramMeansNothing) {
  const ring::DatagramReader journal(options_.journal_socket);
  int others[2];
  ASSERT_EQ(pipe(others), 0);
  SetJournalStream(others[1]);
  LogTo(LogTarget::kAuto);
  for (const int end : others) close(end);
  EXPECT_NE(OnStderr().find(" warning it is down\n"), std::string::npos);
  EXPECT_EQ(journal.Take(), Entries{});
}

TEST_F(LogTargetTest, StderrThatIsTheJournalsStreamIsReplacedByEntriesWithFields) {
  const ring::DatagramReader journal(options_.journal_socket);
  SetJournalStream(ends_[1]);
  LogTo(LogTarget::kAuto);
  EXPECT_EQ(journal.Take(), Entries{kEntry});
  EXPECT_EQ(OnStderr(), "");
}

TEST_F(LogTargetTest, JournalThatCannotBeReachedIsReplacedByStderrWithPriorities) {
  SetJournalStream(ends_[1]);
  LogTo(LogTarget::kAuto);
  EXPECT_EQ(OnStderr(), "<4>" + options_.journal_socket +
                            " can't be reached: No such file or directory: the log goes to stderr, "
                            "without fields\n<4>it is down\n");
}

TEST_F(LogTargetTest, StderrByOrderIsStderrWithPrioritiesIfTheJournalReadsIt) {
  const ring::DatagramReader journal(options_.journal_socket);
  SetJournalStream(ends_[1]);
  LogTo(LogTarget::kStderr);
  EXPECT_EQ(OnStderr(), "<4>it is down\n");
  EXPECT_EQ(journal.Take(), Entries{});
}

TEST_F(LogTargetTest, JournalByOrderNeedsNoStream) {
  const ring::DatagramReader journal(options_.journal_socket);
  LogTo(LogTarget::kJournal);
  EXPECT_EQ(journal.Take(), Entries{kEntry});
  EXPECT_EQ(OnStderr(), "");
}

TEST_F(LogTargetTest, JournalByOrderThatIsNotThereYetGetsTheLinesLater) {
  flushed_ = false;
  LogTo(LogTarget::kJournal);
  EXPECT_NE(OnStderr().find("the log is kept for the journal until it can be reached\n"),
            std::string::npos);
  EXPECT_EQ(log_->lost(), 0u);
  const ring::DatagramReader journal(options_.journal_socket);
  ASSERT_TRUE(log_->Flush(loop_->clock_ns() + 20 * kSecond).ok());
  EXPECT_EQ(journal.Take(), Entries{kEntry});
}

}  // namespace
}  // namespace pathwatch::service
