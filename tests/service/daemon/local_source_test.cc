// Which node is taken for a path. Real bsg and sg nodes exist only in the guest; here, what is in
// their place is refused by name.
#include "service/daemon/local_source.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace pathwatch::service {
namespace {

class LocalSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    loop_ = MakeLoop(true);
    folder_ =
        testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_ + "/bsg");
    options_.dev_dir = folder_;
    options_.bsg_dir = folder_ + "/bsg";
    path_.hctl = {3, 0, 0, 1};
    path_.sg_name = "sg4";
    path_.bsg_name = "3:0:0:1";
  }
  static std::unique_ptr<ring::Loop> MakeLoop(bool big_entries) {
    auto loop = ring::Loop::Create({.entries = 64, .big_entries = big_entries});
    EXPECT_TRUE(loop.ok()) << loop.status();
    return *std::move(loop);
  }
  Opened Open(bool distrust_bsg = false) {
    LocalSource source(*loop_, options_);
    return source.Open(path_, 64, distrust_bsg);
  }
  void PutFileForBsg() { std::ofstream(folder_ + "/bsg/3:0:0:1") << "text"; }

  std::string folder_;
  LocalOptions options_;
  discovery::DiscoveredPath path_;
  std::unique_ptr<ring::Loop> loop_;
};

TEST_F(LocalSourceTest, MissingBsgNodeIsTheReasonForSg) {
  const Opened opened = Open();
  EXPECT_EQ(opened.node, folder_ + "/sg4");
  EXPECT_EQ(opened.way, (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_UNOPENED, ENOENT}));
  EXPECT_EQ(opened.error, ENOENT);  // there is no sg node either
}

TEST_F(LocalSourceTest, NodeThatIsNoBsgNodeIsTheReasonForSg) {
  PutFileForBsg();
  EXPECT_EQ(Open().way, (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_NOT_BSG, ENOTTY}));
}

TEST_F(LocalSourceTest, DeviceWithoutABsgNodeIsTheReasonForSg) {
  path_.bsg_name = "";
  EXPECT_EQ(Open().way, (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_NO_BSG_NODE}));
}

TEST_F(LocalSourceTest, BsgNodeThatIsNotTrustedIsNotTried) {
  PutFileForBsg();
  EXPECT_EQ(Open(true).way, (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NONSENSE}));
}

TEST_F(LocalSourceTest, LoopWithSmallEntriesIsTheReasonForSg) {
  loop_ = MakeLoop(false);
  PutFileForBsg();
  EXPECT_EQ(Open().way, (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_NO_RING}));
  EXPECT_EQ(LocalSource(*loop_, options_).Describe(),
            "devices are reached through " + folder_ +
                "/sgN (sg version 3, asynchronously): the loop's io_uring has no entries of 128 "
                "bytes");
}

TEST_F(LocalSourceTest, WhenSgIsOrderedBsgIsNotTried) {
  options_.ordered = PW_PASSTHROUGH_SG_ASYNC;
  EXPECT_EQ(Open().way, (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_ORDERED}));
}

TEST_F(LocalSourceTest, AnotherOrderCountsForTheNextDeviceThatIsOpened) {
  options_.ordered = PW_PASSTHROUGH_SG_ASYNC;
  PutFileForBsg();
  LocalSource source(*loop_, options_);
  EXPECT_FALSE(source.Order(PW_PASSTHROUGH_SG_ASYNC));
  EXPECT_TRUE(source.Order(std::nullopt));
  EXPECT_EQ(source.Open(path_, 64, false).way,
            (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_NOT_BSG, ENOTTY}));
  EXPECT_TRUE(source.Order(PW_PASSTHROUGH_BSG_URING));
  EXPECT_EQ(source.Open(path_, 64, false).way,
            (Way{PW_PASSTHROUGH_BSG_URING, PW_CHOICE_NOT_BSG, ENOTTY}));
}

TEST_F(LocalSourceTest, WhenBsgIsOrderedNothingElseIsTried) {
  options_.ordered = PW_PASSTHROUGH_BSG_URING;
  PutFileForBsg();
  const Opened opened = Open();
  EXPECT_EQ(opened.device, nullptr);
  EXPECT_EQ(opened.node, folder_ + "/bsg/3:0:0:1");
  EXPECT_EQ(opened.error, ENOTTY);
  EXPECT_EQ(opened.way, (Way{PW_PASSTHROUGH_BSG_URING, PW_CHOICE_NOT_BSG, ENOTTY}));
}

}  // namespace
}  // namespace pathwatch::service
