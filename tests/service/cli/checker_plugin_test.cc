#include "service/cli/checker_plugin.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

using List = std::vector<std::string>;

// The file tree of a host.
class CheckerPluginTest : public testing::Test {
 protected:
  PluginPlaces Find() const { return FindPlugin(root_.root()); }

  discovery::SysfsTree root_;
};

TEST_F(CheckerPluginTest, DirectoryIsTheOneThatHoldsMultipathdsCheckers) {
  root_.Write("usr/lib64/multipath/libchecktur.so", "");
  root_.Write("usr/lib64/multipath/libcheckpathwatch.so", "");
  root_.Write("lib/multipath/notes", "");
  EXPECT_EQ(Find().directories, List{"/usr/lib64/multipath"});
  EXPECT_EQ(Find().holding, List{"/usr/lib64/multipath"});
  EXPECT_TRUE(IsInstalled(Find()));
}

TEST_F(CheckerPluginTest, OneDirectoryUnderTwoNamesCountsOnce) {
  root_.Write("usr/lib/multipath/libcheckdirectio.so", "");
  root_.Link("lib", "usr/lib");
  EXPECT_EQ(Find().directories, List{"/lib/multipath"});
  EXPECT_TRUE(Find().holding.empty());
  EXPECT_FALSE(IsInstalled(Find()));
}

TEST_F(CheckerPluginTest, PluginAloneIsNotWhereMultipathdLooks) {
  root_.Write("usr/lib/multipath/libchecktur.so", "");
  root_.Write("usr/lib64/multipath/libcheckpathwatch.so", "");
  EXPECT_FALSE(IsInstalled(Find()));
  EXPECT_EQ(WhereItIsMissing(Find()),
            "libcheckpathwatch.so is not in /usr/lib/multipath (it is in /usr/lib64/multipath, "
            "where multipathd does not look)");
}

TEST_F(CheckerPluginTest, HostWithoutMultipathIsToldToInstallItFirst) {
  EXPECT_FALSE(IsInstalled(Find()));
  EXPECT_NE(WhereItIsMissing(Find()).find("no directory with multipathd's checkers, "),
            std::string::npos);
  EXPECT_TRUE(HowToInstall(Find()).starts_with("Install multipath-tools, then "));
}

TEST_F(CheckerPluginTest, DirectoryOfThatNameIsNoPlugin) {
  root_.Write("lib/multipath/libchecktur.so", "");
  root_.MakeDirectory("lib/multipath/libcheckpathwatch.so");
  EXPECT_FALSE(IsInstalled(Find()));
}

}  // namespace
}  // namespace pathwatch::cli
