#include "lib/passthrough/bsg_node.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace pathwatch::passthrough {
namespace {

// What a bsg node with a handler answers is seen on a real one, in the guest.
class BsgNodeTest : public testing::Test {
 protected:
  void SetUp() override {
    auto probe = ring::CommandProbe::Create();
    ASSERT_TRUE(probe.ok()) << probe.status();
    probe_ = *std::move(probe);
    folder_ =
        testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }

  std::unique_ptr<ring::CommandProbe> probe_;
  std::string folder_;
};

TEST_F(BsgNodeTest, MissingNodeIsNamedByItsErrno) {
  const BsgOpened opened = OpenBsg(folder_ + "/3:0:0:1", probe_.get());
  EXPECT_EQ(opened.file, -1);
  EXPECT_EQ(opened.refusal, BsgRefusal::kUnopened);
  EXPECT_EQ(opened.error, ENOENT);
}

TEST_F(BsgNodeTest, WithoutCommandsInTheRingNothingIsOpened) {
  const BsgOpened opened = OpenBsg("/dev/zero", nullptr);
  EXPECT_EQ(opened.file, -1);
  EXPECT_EQ(opened.refusal, BsgRefusal::kNoRing);
}

TEST_F(BsgNodeTest, OrdinaryFileIsNoBsgNode) {
  const std::string node = folder_ + "/3:0:0:1";
  std::ofstream(node) << "text";
  const BsgOpened opened = OpenBsg(node, probe_.get());
  EXPECT_EQ(opened.file, -1);
  EXPECT_EQ(opened.refusal, BsgRefusal::kNotBsg);
  EXPECT_EQ(opened.error, ENOTTY);
}

TEST_F(BsgNodeTest, PipeWithoutAWriterIsRefusedWithoutWaiting) {
  const std::string node = folder_ + "/3:0:0:1";
  unlink(node.c_str());
  ASSERT_EQ(mkfifo(node.c_str(), 0600), 0);
  EXPECT_EQ(OpenBsg(node, probe_.get()).refusal, BsgRefusal::kNotBsg);
}

TEST_F(BsgNodeTest, CharacterDeviceWithoutAHandlerHasNoCommands) {
  const BsgOpened opened = OpenBsg("/dev/full", probe_.get());
  EXPECT_EQ(opened.file, -1);
  EXPECT_EQ(opened.refusal, BsgRefusal::kNoCommands);
}

// Its handler says yes to everything (Linux 6.2); an older kernel's has none.
TEST_F(BsgNodeTest, HandlerOfSomethingElseIsNotTakenForBsg) {
  const BsgOpened opened = OpenBsg("/dev/null", probe_.get());
  EXPECT_EQ(opened.file, -1);
  EXPECT_TRUE(opened.refusal == BsgRefusal::kNotBsg || opened.refusal == BsgRefusal::kNoCommands);
}

}  // namespace
}  // namespace pathwatch::passthrough
