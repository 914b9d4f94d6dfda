#include "lib/discovery/device_handler.h"

#include "gtest/gtest.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

constexpr Hctl kDisk = {4, 0, 0, 0};

TEST(DeviceHandlerTest, WordOfTheKernelWithoutItsNewline) {
  SysfsTree tree("left_alone");
  tree.Write("class/scsi_device/4:0:0:0/device/dh_state", "rdac\n");
  EXPECT_EQ(ReadDeviceHandler(tree.root(), kDisk), "rdac");
}

TEST(DeviceHandlerTest, KernelWithoutDeviceHandlersSaysNothing) {
  const SysfsTree tree("left_alone");
  EXPECT_EQ(ReadDeviceHandler(tree.root(), kDisk), "");
}

TEST(DeviceHandlerTest, DeviceThatIsGoneHasNone) {
  const SysfsTree tree;
  EXPECT_EQ(ReadDeviceHandler(tree.root(), kDisk), "");
}

}  // namespace
}  // namespace pathwatch::discovery
