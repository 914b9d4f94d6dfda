#include "lib/ring/datagram_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/ring/datagram_reader.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

class DatagramWriterTest : public testing::Test {
 protected:
  DatagramWriter& Make(const DatagramWriter::Options& options = {}) {
    writer_ = std::make_unique<DatagramWriter>(*loop_, path_, options);
    return *writer_;
  }
  // Turns the loop until so many datagrams have arrived.
  bool Arrive(const DatagramReader& reader, std::size_t count) {
    return RunUntil(*loop_, [&] {
      for (std::string& datagram : reader.Take()) arrived_.push_back(std::move(datagram));
      return arrived_.size() >= count;
    });
  }
  // Writes until the reader's queue is full and the writer waits for it. Returns how many.
  int Fill(DatagramWriter& writer) {
    for (int i = 0; i < kMany; ++i) writer.Write(absl::StrCat(i));
    TimerOutcome timer;
    loop_->Arm(timer.timer, loop_->clock_ns() + 50 * kMillisecond);
    EXPECT_TRUE(RunUntil(*loop_, [&] { return timer.came(); }));
    return kMany;
  }
  TimeNs Later() const { return loop_->clock_ns() + kTestWait; }

  // More than any system lets wait in one socket (net.unix.max_dgram_qlen, and its send buffer).
  static constexpr int kMany = 3000;
  static constexpr TimeNs kSoon = 20 * kMillisecond;

  const std::string path_ = absl::StrCat("/tmp/pathwatch-datagrams-", ::getpid());
  std::vector<std::string> arrived_;
  std::unique_ptr<DatagramWriter> writer_;
  std::unique_ptr<Loop> loop_ = MakeLoop();
};

TEST_F(DatagramWriterTest, DatagramsArriveWholeAndInOrder) {
  const DatagramReader reader(path_);
  DatagramWriter& writer = Make();
  for (const char* datagram : {"first", "second\nwith two lines", "", "last"}) {
    writer.Write(datagram);
  }
  EXPECT_TRUE(reader.Take().empty());
  ASSERT_TRUE(writer.Flush(Later()).ok());
  EXPECT_EQ(reader.Take(),
            (std::vector<std::string>{"first", "second\nwith two lines", "", "last"}));
  EXPECT_EQ(writer.lost(), 0U);
}

TEST_F(DatagramWriterTest, DatagramsThatWrapAroundTheQueueArriveWhole) {
  const DatagramReader reader(path_);
  DatagramWriter& writer = Make({.bytes_max = 100});
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < 50; ++i) {
    expected.push_back(std::string(60, static_cast<char>('A' + i % 26)));
    writer.Write(expected.back());
    ASSERT_TRUE(Arrive(reader, expected.size()));
  }
  EXPECT_EQ(arrived_, expected);
}

TEST_F(DatagramWriterTest, ReaderThatNeverReadsDoesNotStopTheLoopAndLosesNothingOfTheQueue) {
  const DatagramReader reader(path_);
  DatagramWriter& writer = Make();
  const int written = Fill(writer);
  EXPECT_EQ(writer.lost(), 0U);
  ASSERT_TRUE(Arrive(reader, static_cast<std::size_t>(written)));
  for (int i = 0; i < written; ++i) {
    ASSERT_EQ(arrived_[static_cast<std::size_t>(i)], absl::StrCat(i));
  }
}

TEST_F(DatagramWriterTest, QueueIsBoundedInDatagramsAndInBytes) {
  DatagramWriter& few = Make({.datagrams_max = 2});
  for (int i = 0; i < 5; ++i) few.Write("x");
  EXPECT_EQ(few.lost(), 3U);
  EXPECT_FALSE(few.Fits(1));

  loop_ = MakeLoop();
  DatagramWriter& small = Make({.bytes_max = 10});
  EXPECT_TRUE(small.Fits(10));
  small.Write("123456");
  EXPECT_FALSE(small.Fits(5));
  small.Write("12345");
  small.Write("1234");
  EXPECT_EQ(small.lost(), 1U);
}

TEST_F(DatagramWriterTest, RestartedReaderGetsWhatComesAfterItsStart) {
  DatagramWriter& writer = Make();
  {
    const DatagramReader before(path_);
    writer.Write("before");
    ASSERT_TRUE(writer.Flush(Later()).ok());
  }
  const DatagramReader after(path_);
  writer.Write("after");
  writer.Write("the restart");
  ASSERT_TRUE(writer.Flush(Later()).ok());
  EXPECT_EQ(after.Take(), (std::vector<std::string>{"after", "the restart"}));
  EXPECT_EQ(writer.lost(), 0U);
}

TEST_F(DatagramWriterTest, WhatIsWrittenWithoutAReaderWaitsForOne) {
  DatagramWriter& writer = Make({.retry_ns = kSoon});
  writer.Write("early");
  TimerOutcome timer;
  loop_->Arm(timer.timer, loop_->clock_ns() + 3 * kSoon);
  ASSERT_TRUE(RunUntil(*loop_, [&] { return timer.came(); }));
  const DatagramReader reader(path_);
  ASSERT_TRUE(Arrive(reader, 1));
  EXPECT_EQ(arrived_, std::vector<std::string>{"early"});
}

TEST_F(DatagramWriterTest, ReaderThatGoesWhileItsQueueIsFullIsReplacedByTheNext) {
  DatagramWriter& writer = Make({.retry_ns = kSoon});
  int written = 0;
  std::size_t read_before = 0;
  {
    const DatagramReader full(path_);
    written = Fill(writer);
    read_before = full.Take().size();
  }
  const DatagramReader next(path_);
  ASSERT_GT(static_cast<std::size_t>(written), read_before);
  ASSERT_TRUE(Arrive(next, static_cast<std::size_t>(written) - read_before));
  EXPECT_EQ(arrived_.front(), absl::StrCat(read_before));
  EXPECT_EQ(arrived_.back(), absl::StrCat(written - 1));
  EXPECT_EQ(writer.lost(), 0U);
}

TEST_F(DatagramWriterTest, DatagramLongerThanTheSocketTakesIsLostAndCounted) {
  const DatagramReader reader(path_);
  DatagramWriter& writer = Make({.bytes_max = 64 << 20});
  writer.Write(std::string(32 << 20, 'x'));
  writer.Write("short");
  const absl::Status status = writer.Flush(Later());
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(status.message(),
            absl::StrCat("1 queued datagrams were lost: ", path_, " doesn't take ones that long"));
  EXPECT_EQ(reader.Take(), std::vector<std::string>{"short"});
  EXPECT_EQ(writer.lost(), 1U);
}

TEST_F(DatagramWriterTest, FlushGivesUpAtItsDeadlineAndSaysWhy) {
  DatagramWriter& writer = Make();
  writer.Write("one");
  writer.Write("two");
  const absl::Status gone = writer.Flush(loop_->clock_ns() + kSoon);
  EXPECT_EQ(gone.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(gone.message(),
            absl::StrCat("2 queued datagrams were not sent in time: ", path_, " has no reader"));

  loop_ = MakeLoop();
  const DatagramReader reader(path_);
  DatagramWriter& full = Make();
  Fill(full);
  const absl::Status late = full.Flush(loop_->clock_ns() + kSoon);
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_NE(late.message().find("isn't read"), absl::string_view::npos) << late;
}

TEST_F(DatagramWriterTest, ConnectSaysWhetherThereIsAReader) {
  DatagramWriter& writer = Make();
  EXPECT_EQ(writer.Connect().message(),
            absl::StrCat(path_, " can't be reached: No such file or directory"));
  const DatagramReader reader(path_);
  EXPECT_TRUE(writer.Connect().ok());
  EXPECT_TRUE(writer.Connect().ok());
}

TEST_F(DatagramWriterTest, PathThatNoSocketCanHaveIsNamed) {
  DatagramWriter writer(*loop_, "/tmp/" + std::string(200, 'x'), {});
  const absl::Status status = writer.Connect();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("is too long: 107 bytes are possible"), absl::string_view::npos)
      << status;
  loop_.reset();
}

}  // namespace
}  // namespace pathwatch::ring
