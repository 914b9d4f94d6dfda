#include "service/cli/find_process.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

TEST(FindProcessTest, ProcessIsFoundByItsName) {
  discovery::SysfsTree proc;
  proc.Write("1/comm", "systemd\n");
  proc.Write("977/comm", "multipathd\n");
  proc.Write("812/comm", "multipathd\n");
  proc.Write("813/comm", "multipathd-not\n");
  proc.Write("self/comm", "multipathd\n");
  proc.MakeDirectory("5");
  EXPECT_EQ(FindProcess(proc.root(), "multipathd"), 812U);
  EXPECT_EQ(FindProcess(proc.root(), "pathwatchd"), std::nullopt);
  EXPECT_EQ(FindProcess(proc.root() + "/missing", "multipathd"), std::nullopt);
}

}  // namespace
}  // namespace pathwatch::cli
