#include "lib/ring/command_probe.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace pathwatch::ring {
namespace {

class CommandProbeTest : public testing::Test {
 protected:
  void SetUp() override {
    auto probe = CommandProbe::Create();
    ASSERT_TRUE(probe.ok()) << probe.status();
    probe_ = *std::move(probe);
  }

  std::unique_ptr<CommandProbe> probe_;
};

TEST_F(CommandProbeTest, DescriptorWithoutAHandlerIsNotSupported) {
  const int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(file, 0);
  EXPECT_EQ(probe_->Ask(file), EOPNOTSUPP);
  close(file);
}

// Linux 6.2 gave /dev/null a handler that takes everything; older kernels gave it none.
TEST_F(CommandProbeTest, HandlerThatTakesAnythingIsToldFromOneThatRefuses) {
  const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(file, 0);
  const int answer = probe_->Ask(file);
  EXPECT_TRUE(answer == 0 || answer == EOPNOTSUPP) << answer;
  close(file);
}

TEST_F(CommandProbeTest, ClosedDescriptorIsAnErrorNotAnAnswer) {
  EXPECT_EQ(probe_->Ask(-1), EBADF);
}

TEST_F(CommandProbeTest, EveryQuestionGetsItsOwnAnswer) {
  const int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(file, 0);
  for (int round = 0; round < 100; ++round) {
    ASSERT_EQ(probe_->Ask(file), EOPNOTSUPP);
    ASSERT_EQ(probe_->Ask(-1), EBADF);
  }
  close(file);
}

}  // namespace
}  // namespace pathwatch::ring
