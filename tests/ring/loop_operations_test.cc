// Every operation, on every set-up that the kernel of this host can be given.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <string>
#include <vector>

#include "lib/ring/loop.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::ring {
namespace {

struct Layout {
  const char* name;
  Loop::Setup setup;
  bool big_entries;
};

class LoopOperationsTest : public testing::TestWithParam<Layout> {
 protected:
  Loop::Options Options() const {
    return {.entries = 64, .big_entries = GetParam().big_entries, .first_setup = GetParam().setup};
  }
  bool Came(const Outcome& outcome) {
    return RunUntil(*loop_, [&] { return outcome.came(); });
  }

  // Before the loop, which is destroyed first.
  Pipe pipe_;
  Outcome outcome_;
  std::unique_ptr<Loop> loop_ = MakeLoop(Options());
};

INSTANTIATE_TEST_SUITE_P(Setups, LoopOperationsTest,
                         testing::Values(Layout{"DeferredBig", Loop::Setup::kDeferred, true},
                                         Layout{"DeferredSmall", Loop::Setup::kDeferred, false},
                                         Layout{"CooperativeBig", Loop::Setup::kCooperative, true},
                                         Layout{"Plain", Loop::Setup::kPlain, true}),
                         [](const testing::TestParamInfo<Layout>& info) {
                           return info.param.name;
                         });

TEST_P(LoopOperationsTest, FeaturesAreWhatWasAskedFor) {
  const Loop::Features& features = loop_->features();
  EXPECT_EQ(features.big_entries,
            GetParam().big_entries && GetParam().setup != Loop::Setup::kPlain);
  EXPECT_EQ(features.defer_taskrun, GetParam().setup == Loop::Setup::kDeferred);
  EXPECT_GE(features.kernel_major, Loop::kKernelMajorMin);
}

TEST_P(LoopOperationsTest, CallbackNeverRunsInsideTheStartingCall) {
  pipe_.Put("ready");
  std::string buffer(5, ' ');
  loop_->Read(pipe_.reader, Writable(buffer), outcome_.done);
  EXPECT_TRUE(outcome_.done.pending());
  EXPECT_FALSE(outcome_.came());
  ASSERT_TRUE(Came(outcome_));
  EXPECT_FALSE(outcome_.done.pending());
  EXPECT_EQ(outcome_.value(), 5);
  EXPECT_EQ(outcome_.results.back().extra, 0U);
  EXPECT_EQ(buffer, "ready");
}

TEST_P(LoopOperationsTest, ReadWaitsForData) {
  std::string buffer(16, ' ');
  loop_->Read(pipe_.reader, Writable(buffer), outcome_.done);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_FALSE(outcome_.came());
  pipe_.Put("late");
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(buffer.substr(0, 4), "late");
}

TEST_P(LoopOperationsTest, WriteArrives) {
  loop_->Write(pipe_.writer, Bytes("written"), outcome_.done);
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value(), 7);
  EXPECT_EQ(pipe_.Take(), "written");
}

TEST_P(LoopOperationsTest, WriteThatSleepsInAWorkerLeavesTheLoopAlone) {
  ASSERT_TRUE(loop_->LimitWorkers(1).ok());
  const std::size_t filled = pipe_.Fill();
  loop_->WriteInWorker(pipe_.writer, Bytes("patient"), outcome_.done);
  Pipe other;
  Outcome read;
  std::string buffer(1, ' ');
  other.Put("x");
  loop_->Read(other.reader, Writable(buffer), read.done);
  ASSERT_TRUE(Came(read));
  EXPECT_FALSE(outcome_.came());

  EXPECT_EQ(pipe_.Take().substr(0, filled), std::string(filled, '.'));
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value(), 7);
}

TEST_P(LoopOperationsTest, PollReportsTheEventsOnce) {
  loop_->Poll(pipe_.reader, POLLIN, outcome_.done);
  pipe_.Put("a");
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value() & POLLIN, POLLIN);
  pipe_.Put("b");
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(outcome_.results.size(), 1U);
}

TEST_P(LoopOperationsTest, PollReportsAHangUp) {
  loop_->Poll(pipe_.reader, POLLIN, outcome_.done);
  pipe_.CloseWriter();
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value() & POLLHUP, POLLHUP);
}

TEST_P(LoopOperationsTest, AcceptGivesACloseOnExecDescriptor) {
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  socklen_t length = sizeof(sa_family_t);  // the kernel picks an abstract name
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  length = sizeof(address);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length), 0);

  loop_->Accept(listener, outcome_.done);
  const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::connect(client, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_TRUE(Came(outcome_));
  ASSERT_GE(outcome_.value(), 0);
  EXPECT_EQ(::fcntl(outcome_.value(), F_GETFD), FD_CLOEXEC);
  ::close(outcome_.value());
  ::close(client);
  ::close(listener);
}

TEST_P(LoopOperationsTest, MessagesGoThroughASocket) {
  std::array<int, 2> ends;
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  std::string text = "message";
  iovec out = {.iov_base = text.data(), .iov_len = text.size()};
  msghdr sent = {};
  sent.msg_iov = &out;
  sent.msg_iovlen = 1;
  std::string buffer(32, ' ');
  iovec in = {.iov_base = buffer.data(), .iov_len = buffer.size()};
  msghdr received = {};
  received.msg_iov = &in;
  received.msg_iovlen = 1;

  Outcome sending;
  loop_->ReceiveMessage(ends[0], received, outcome_.done);
  loop_->SendMessage(ends[1], sent, sending.done);
  ASSERT_TRUE(Came(outcome_));
  ASSERT_TRUE(Came(sending));
  EXPECT_EQ(sending.value(), 7);
  EXPECT_EQ(outcome_.value(), 7);
  EXPECT_EQ(buffer.substr(0, 7), "message");

  // No SIGPIPE, which would end this test.
  ::close(ends[0]);
  loop_->SendMessage(ends[1], sent, sending.done);
  ASSERT_TRUE(RunUntil(*loop_, [&] { return sending.results.size() == 2; }));
  EXPECT_EQ(sending.value(), -ECONNREFUSED);
  ::close(ends[1]);
}

TEST_P(LoopOperationsTest, MessageThatAFullReceiverHasNoRoomForIsHandedBack) {
  std::array<int, 2> ends;
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  std::string text = "message";
  iovec out = {.iov_base = text.data(), .iov_len = text.size()};
  msghdr sent = {};
  sent.msg_iov = &out;
  sent.msg_iovlen = 1;
  std::size_t accepted = 0;
  Outcome sending;
  do {
    loop_->SendMessage(ends[1], sent, sending.done);
    ASSERT_TRUE(RunUntil(*loop_, [&] { return !sending.done.pending(); }));
    if (sending.value() > 0) ++accepted;
  } while (sending.value() > 0);
  EXPECT_EQ(sending.value(), -EAGAIN);

  loop_->Poll(ends[1], POLLOUT, outcome_.done);
  std::string buffer(32, ' ');
  for (std::size_t i = 0; i < accepted; ++i) {
    EXPECT_EQ(::recv(ends[0], buffer.data(), buffer.size(), MSG_DONTWAIT), 7);
  }
  ASSERT_TRUE(Came(outcome_));
  EXPECT_NE(outcome_.value() & POLLOUT, 0);
  EXPECT_EQ(::recv(ends[0], buffer.data(), buffer.size(), MSG_DONTWAIT), -1);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_P(LoopOperationsTest, ErrorOfOneOperationArrivesInItsResultAndStopsNoOther) {
  std::string buffer(1, ' ');
  std::array<Outcome, 3> bad;
  for (Outcome& outcome : bad) loop_->Read(-1, Writable(buffer), outcome.done);
  loop_->Write(pipe_.writer, Bytes("x"), outcome_.done);
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value(), 1);
  for (const Outcome& outcome : bad) EXPECT_EQ(outcome.value(), -EBADF);
}

TEST_P(LoopOperationsTest, CancelledOperationCompletesWithCanceled) {
  std::string buffer(1, ' ');
  loop_->Read(pipe_.reader, Writable(buffer), outcome_.done);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  loop_->Cancel(outcome_.done);
  EXPECT_FALSE(outcome_.came());
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value(), -ECANCELED);
}

TEST_P(LoopOperationsTest, OperationCancelledBeforeItsFirstTurnCompletesOnce) {
  loop_->Poll(pipe_.reader, POLLIN, outcome_.done);
  loop_->Cancel(outcome_.done);
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value(), -ECANCELED);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(outcome_.results.size(), 1U);
}

TEST_P(LoopOperationsTest, CancellingWhatIsNotPendingDoesNothing) {
  loop_->Cancel(outcome_.done);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_FALSE(outcome_.came());
}

TEST_P(LoopOperationsTest, CallbackMayStartTheNextOperationWithTheSameCompletion) {
  int left = 1000;
  outcome_.then = [&] {
    if (--left > 0) loop_->Write(pipe_.writer, Bytes("x"), outcome_.done);
  };
  loop_->Write(pipe_.writer, Bytes("x"), outcome_.done);
  ASSERT_TRUE(RunUntil(*loop_, [&] { return left == 0; }));
  EXPECT_EQ(pipe_.Take(), std::string(1000, 'x'));
  EXPECT_EQ(loop_->statistics().operations, 1000U);
  EXPECT_EQ(loop_->statistics().completions, 1000U);
}

// 100 pipes with 100 reads each; submission and completion queue are far smaller.
TEST_P(LoopOperationsTest, TenThousandReadsBeyondTheQueuesAllComplete) {
  constexpr std::size_t kPipes = 100;
  constexpr std::size_t kReadsPerPipe = 100;
  std::vector<Pipe> pipes(kPipes);
  std::vector<Outcome> reads(kPipes * kReadsPerPipe);
  std::string buffer(reads.size(), ' ');
  const std::unique_ptr<Loop> loop = MakeLoop(Options());

  for (std::size_t i = 0; i < reads.size(); ++i) {
    loop->Read(pipes[i % kPipes].reader, Writable(buffer).subspan(i, 1), reads[i].done);
  }
  ASSERT_TRUE(loop->RunOnce(0).ok());
  EXPECT_EQ(loop->statistics().completions, 0U);
  for (const Pipe& pipe : pipes) pipe.Put(std::string(kReadsPerPipe, 'x'));
  ASSERT_TRUE(RunUntil(*loop, [&] { return loop->statistics().completions == reads.size(); }));

  EXPECT_GT(loop->statistics().submission_full, 0U);
  EXPECT_EQ(buffer, std::string(reads.size(), 'x'));
  for (const Outcome& read : reads) {
    ASSERT_EQ(read.results.size(), 1U);
    ASSERT_EQ(read.value(), 1);
  }
}

TEST_P(LoopOperationsTest, UringCommandReachesTheKernelWhereTheEntriesAreBig) {
  if (!loop_->features().big_entries) {
    const std::array<std::byte, 80> payload = {};
    EXPECT_DEATH(loop_->UringCommand(pipe_.reader, payload, outcome_.done),
                 "UringCommand needs a ring with 128-byte entries");
    return;
  }
  const std::array<std::byte, 80> payload = {};
  loop_->UringCommand(pipe_.reader, payload, outcome_.done);
  ASSERT_TRUE(Came(outcome_));
  EXPECT_EQ(outcome_.value(), -EOPNOTSUPP);  // known to the ring, unknown to a pipe
}

TEST_P(LoopOperationsTest, DestroyedLoopLeavesTheBufferOfAPendingReadAlone) {
  std::string buffer(4, ' ');
  outcome_.then = [] { FAIL() << "nobody is called by a loop that ends"; };
  loop_->Read(pipe_.reader, Writable(buffer), outcome_.done);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  loop_.reset();
  pipe_.Put("data");
  EXPECT_EQ(pipe_.Take(), "data");
  EXPECT_EQ(buffer, "    ");
}

TEST_P(LoopOperationsTest, StartingWithAPendingCompletionIsABug) {
  loop_->Poll(pipe_.reader, POLLIN, outcome_.done);
  EXPECT_DEATH(loop_->Poll(pipe_.reader, POLLIN, outcome_.done),
               "pathwatch: bug: an operation was started with a Completion that is still pending");
}

}  // namespace
}  // namespace pathwatch::ring
