#include "lib/discovery/sysfs.h"

#include <fcntl.h>

#include <cerrno>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

class SysfsTest : public testing::Test {
 protected:
  SysfsTest() { EXPECT_EQ(OpenDirectory(AT_FDCWD, tree_.root(), root_), 0); }

  SysfsTree tree_;
  Descriptor root_;
};

TEST_F(SysfsTest, FilesAroundTheReadSizeAreReadWhole) {
  for (const std::size_t size : {0u, 1u, 4095u, 4096u, 4097u, 65539u}) {
    std::string content(size, 'x');
    if (size > 0) content.back() = '\0';
    tree_.Write("file", content);
    std::string read = "untouched";
    EXPECT_EQ(ReadFile(root_.get(), "file", read), 0) << size;
    EXPECT_EQ(read, content) << size;
  }
}

TEST_F(SysfsTest, FailureLeavesTheOutputUntouched) {
  std::string content = "untouched";
  EXPECT_EQ(ReadFile(root_.get(), "missing", content), ENOENT);
  tree_.MakeDirectory("directory");
  EXPECT_EQ(ReadFile(root_.get(), "directory", content), EISDIR);
  EXPECT_EQ(ReadLink(root_.get(), "directory", content), EINVAL);
  EXPECT_EQ(content, "untouched");
}

TEST_F(SysfsTest, RecreatedDirectoryHasAnotherInode) {
  tree_.Write("directory/file", "x");
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  ASSERT_EQ(ReadInode(root_.get(), "directory", before), 0);
  tree_.Recreate("directory");
  ASSERT_EQ(ReadInode(root_.get(), "directory", after), 0);
  EXPECT_NE(before, after);
}

TEST_F(SysfsTest, LongDirectoryIsListedInPieces) {
  std::set<std::string> made;
  for (int i = 0; i < 1000; ++i) {
    made.insert("entry" + std::to_string(i));
    tree_.Write("long/entry" + std::to_string(i), "");
  }
  Descriptor directory;
  ASSERT_EQ(OpenDirectory(root_.get(), "long", directory), 0);
  DirectoryLister lister(std::move(directory));
  std::set<std::string> listed;
  std::size_t pieces = 0;
  for (bool done = false; !done; ++pieces) {
    std::vector<std::string> names;
    ASSERT_EQ(lister.Next(names, done), 0);
    listed.insert(names.begin(), names.end());
  }
  EXPECT_EQ(listed, made);
  EXPECT_GT(pieces, 5u);
}

TEST_F(SysfsTest, BlanksAndNewlinesAtTheEndAreTrimmed) {
  EXPECT_EQ(TrimEnd("LIO-ORG \n"), "LIO-ORG");
  EXPECT_EQ(TrimEnd(" a b"), " a b");
  EXPECT_EQ(TrimEnd(" \n"), "");
}

}  // namespace
}  // namespace pathwatch::discovery
