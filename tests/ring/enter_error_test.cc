#include "lib/ring/enter_error.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace pathwatch::ring {
namespace {

TEST(EnterErrorTest, TimeOutsAndSignalsAreNoErrors) {
  for (const int error : {0, ETIME, EINTR}) {
    EXPECT_EQ(JudgeEnter(error), EnterVerdict::kGoOn) << error;
  }
}

TEST(EnterErrorTest, ShortagesThatCompletionsEndAreAwaited) {
  for (const int error : {EAGAIN, EBUSY}) {
    EXPECT_EQ(JudgeEnter(error), EnterVerdict::kAwaitCompletions) << error;
  }
}

TEST(EnterErrorTest, WrongArgumentsAreBugs) {
  for (const int error : {EBADF, EBADFD, EEXIST, EFAULT, EINVAL, ENXIO, EOPNOTSUPP, EOWNERDEAD}) {
    EXPECT_EQ(JudgeEnter(error), EnterVerdict::kBug) << error;
  }
  EXPECT_EQ(EnterBug(EEXIST), "io_uring_enter was called wrongly: File exists");
}

TEST(EnterErrorTest, LostCompletionIsAFault) {
  EXPECT_EQ(JudgeEnter(EBADR), EnterVerdict::kFault);
  EXPECT_EQ(EnterFault(EBADR).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(EnterFault(EBADR).message(),
            "the kernel dropped a completion because it had no memory for it (io_uring_enter: "
            "EBADR): restart the program with a higher memory limit");
}

TEST(EnterErrorTest, MissingMemoryIsAFault) {
  EXPECT_EQ(JudgeEnter(ENOMEM), EnterVerdict::kFault);
  EXPECT_EQ(EnterFault(ENOMEM).message(),
            "the kernel has no memory for the io_uring (io_uring_enter: ENOMEM): restart the "
            "program with a higher memory limit");
}

TEST(EnterErrorTest, UnknownErrnoIsAFaultNotABug) {
  EXPECT_EQ(JudgeEnter(EIO), EnterVerdict::kFault);
  EXPECT_EQ(JudgeEnter(EPERM), EnterVerdict::kFault);
  EXPECT_EQ(EnterFault(EPERM).message(),
            "the io_uring failed (io_uring_enter: Operation not permitted): restart the program");
}

}  // namespace
}  // namespace pathwatch::ring
