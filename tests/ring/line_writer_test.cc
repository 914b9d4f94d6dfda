#include "lib/ring/line_writer.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

class LineWriterTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override { ::signal(SIGPIPE, SIG_IGN); }
  LineWriter& Make(int fd, const LineWriter::Options& options = {}) {
    writer_ = std::make_unique<LineWriter>(*loop_, fd, options);
    return *writer_;
  }
  TimeNs Later() const { return loop_->clock_ns() + kTestWait; }

  // GetParam(): 0 or O_NONBLOCK.
  Pipe pipe_{GetParam()};
  std::unique_ptr<LineWriter> writer_;
  std::unique_ptr<Loop> loop_ = MakeLoop();
};

INSTANTIATE_TEST_SUITE_P(BlockingAndNot, LineWriterTest, testing::Values(0, O_NONBLOCK));

TEST_P(LineWriterTest, LinesArriveInOrderEachWithOneNewline) {
  LineWriter& writer = Make(pipe_.writer);
  writer.Write("first");
  writer.Write("second\n");
  writer.Write("");
  EXPECT_EQ(pipe_.Take(), "");
  ASSERT_TRUE(writer.Flush(Later()).ok());
  EXPECT_EQ(pipe_.Take(), "first\nsecond\n\n");
  EXPECT_EQ(writer.lost(), 0U);
}

TEST_P(LineWriterTest, ReaderThatNeverReadsDoesNotStopTheLoop) {
  LineWriter& writer = Make(pipe_.writer, {.lines_max = 3});
  pipe_.Fill();
  for (int i = 0; i < 10; ++i) writer.Write("line");
  TimerOutcome timer;
  loop_->Arm(timer.timer, loop_->clock_ns() + kMillisecond);
  ASSERT_TRUE(RunUntil(*loop_, [&] { return timer.came(); }));
  EXPECT_EQ(writer.lost(), 7U);
}

TEST_P(LineWriterTest, FlushGivesUpAtItsDeadline) {
  LineWriter& writer = Make(pipe_.writer);
  pipe_.Fill();
  writer.Write("one");
  writer.Write("two");
  const absl::Status status = writer.Flush(loop_->clock_ns() + 20 * kMillisecond);
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(status.message(), "2 queued log lines were not written in time: the log isn't read");
}

TEST_P(LineWriterTest, LostLinesAreReportedBeforeTheNextLineThatFits) {
  LineWriter& writer = Make(pipe_.writer, {.lines_max = 2});
  const std::size_t filled = pipe_.Fill();
  for (const char* line : {"a", "b", "lost", "lost"}) writer.Write(line);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(pipe_.Take(), std::string(filled, '.'));
  ASSERT_TRUE(RunUntil(*loop_, [&, text = std::string()]() mutable {
    text += pipe_.Take();
    return text == "a\nb\n";
  }));
  writer.Write("c");
  writer.Write("d");
  ASSERT_TRUE(writer.Flush(Later()).ok());
  EXPECT_EQ(pipe_.Take(), "2 log lines were lost\nc\nd\n");
  EXPECT_EQ(writer.lost(), 2U);
}

TEST_P(LineWriterTest, FlushReportsLostLinesThatNoLineFollowed) {
  LineWriter& writer = Make(pipe_.writer, {.lines_max = 1});
  writer.Write("kept");
  writer.Write("lost");
  ASSERT_TRUE(writer.Flush(Later()).ok());
  EXPECT_EQ(pipe_.Take(), "kept\n1 log line was lost\n");
}

TEST_P(LineWriterTest, QueueIsBoundedInBytes) {
  LineWriter& writer = Make(pipe_.writer, {.bytes_max = 10});
  writer.Write("123456789");  // with its newline exactly 10
  writer.Write("");
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  ASSERT_TRUE(RunUntil(*loop_, [&] { return pipe_.Take() == "123456789\n"; }));
  writer.Write("longer than the queue");
  EXPECT_EQ(writer.lost(), 2U);
}

TEST_P(LineWriterTest, MoreThanThePipeHoldsArrivesInPieces) {
  ASSERT_GT(::fcntl(pipe_.writer, F_SETPIPE_SZ, 4096), 0);
  // The queue wraps around several times.
  LineWriter& writer = Make(pipe_.writer, {.bytes_max = 20'000});
  std::string expected;
  std::string arrived;
  for (int i = 0; i < 3000; ++i) {
    const std::string line =
        absl::StrCat("line ", i, std::string(static_cast<std::size_t>(i) % 40, '-'));
    writer.Write(line);
    expected += line + "\n";
    if (i % 300 != 299) continue;
    ASSERT_TRUE(RunUntil(*loop_, [&] {
      arrived += pipe_.Take();
      return arrived.size() == expected.size();
    }));
  }
  EXPECT_EQ(arrived, expected);
  EXPECT_EQ(writer.lost(), 0U);
}

TEST_P(LineWriterTest, LinesForAReaderThatIsGoneAreLostAndCounted) {
  LineWriter& writer = Make(pipe_.writer);
  pipe_.CloseReader();
  writer.Write("one");
  writer.Write("two");
  writer.Write("three");
  const absl::Status status = writer.Flush(Later());
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(status.message(), "3 queued log lines were lost: the log can't be written");
  EXPECT_EQ(writer.lost(), 3U);
}

TEST_P(LineWriterTest, LineTornByALeavingReaderEndsBeforeTheReportToTheNext) {
  const std::string path = absl::StrCat(testing::TempDir(), "/fifo.", ::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | GetParam());
  ASSERT_GT(::fcntl(fd, F_SETPIPE_SZ, 4096), 0);
  LineWriter& writer = Make(fd);
  writer.Write(std::string(6000, 'x'));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(loop_->RunOnce(0).ok());
  ::close(reader);
  ASSERT_TRUE(RunUntil(*loop_, [&] { return writer.lost() == 1; }));

  reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  std::string text(8192, ' ');
  ASSERT_EQ(::read(reader, text.data(), text.size()), 4096);
  writer.Write("next");
  ASSERT_TRUE(writer.Flush(Later()).ok());
  const ssize_t got = ::read(reader, text.data(), text.size());
  ASSERT_GT(got, 0);
  EXPECT_EQ(text.substr(0, static_cast<std::size_t>(got)), "\n1 log line was lost\nnext\n");
  ::close(reader);
  ::unlink(path.c_str());
  loop_.reset();
  ::close(fd);
}

TEST_P(LineWriterTest, FullDiskLosesLinesAndIsTriedAgain) {
  const int fd = ::open("/dev/full", O_WRONLY | O_CLOEXEC | GetParam());
  ASSERT_GE(fd, 0);
  LineWriter& writer = Make(fd);
  writer.Write("one");
  ASSERT_TRUE(RunUntil(*loop_, [&] { return writer.lost() == 1; }));
  writer.Write("two");
  ASSERT_TRUE(RunUntil(*loop_, [&] { return writer.lost() == 2; }));
  // Room again.
  ASSERT_EQ(::dup2(pipe_.writer, fd), fd);
  writer.Write("three");
  ASSERT_TRUE(writer.Flush(Later()).ok());
  EXPECT_EQ(pipe_.Take(), "2 log lines were lost\nthree\n");
  loop_.reset();
  ::close(fd);
}

}  // namespace
}  // namespace pathwatch::ring
