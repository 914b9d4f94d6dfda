#include "lib/discovery/paths.h"

#include "gtest/gtest.h"

namespace pathwatch::discovery {
namespace {

TEST(PathsTest, NodesAreBelowTheGivenDirectory) {
  DiscoveredPath path;
  path.sg_name = "sg7";
  path.bsg_name = "3:0:0:1";
  EXPECT_EQ(SgNode(path, "/dev"), "/dev/sg7");
  EXPECT_EQ(BsgNode(path, "/tmp/bsg"), "/tmp/bsg/3:0:0:1");
}

TEST(PathsTest, WithoutDriverThereIsNoNode) {
  EXPECT_EQ(SgNode(DiscoveredPath(), "/dev"), "");
  EXPECT_EQ(BsgNode(DiscoveredPath(), "/dev/bsg"), "");
}

}  // namespace
}  // namespace pathwatch::discovery
