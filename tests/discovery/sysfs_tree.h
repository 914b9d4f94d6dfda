// A sysfs tree in a directory of its own, for tests.
//
// It is unpacked from a text file with one entry per line; '#' starts a comment line:
//   at DIR               what follows is below DIR (from the root of the tree)
//   dir NAME             an empty directory
//   text NAME "VALUE"    a file: VALUE and a newline, as the kernel ends its text
//   hex NAME BYTES       a file of these bytes (hexadecimal; blanks are ignored)
//   link NAME TARGET     a symbolic link
// Directories above an entry are made as needed.
#ifndef PATHWATCH_TESTS_DISCOVERY_SYSFS_TREE_H_
#define PATHWATCH_TESTS_DISCOVERY_SYSFS_TREE_H_

#include <filesystem>
#include <string>

namespace pathwatch::discovery {

class SysfsTree {
 public:
  // An empty tree.
  SysfsTree();
  // Unpacks tests/discovery/trees/NAME.tree; a line that is not understood ends the test program
  // with an exception that names it.
  explicit SysfsTree(const std::string& name);
  SysfsTree(const SysfsTree&) = delete;
  SysfsTree& operator=(const SysfsTree&) = delete;
  ~SysfsTree();

  const std::string& root() const { return root_; }

  // Changes the tree; names are relative to the root.
  void Write(const std::string& name, const std::string& content);
  void Remove(const std::string& name);
  void MakeDirectory(const std::string& name);
  void Link(const std::string& name, const std::string& target);
  // Deletes a directory and adds an equal one, which has another inode.
  void Recreate(const std::string& name);
  // Where a path below links really is ("class/scsi_device/2:0:0:0/device").
  std::string Resolve(const std::string& name) const;

 private:
  std::filesystem::path At(const std::string& name) const;
  void Unpack(const std::string& file);
  void UnpackLine(const std::string& line, std::string& base);

  std::string root_;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_TESTS_DISCOVERY_SYSFS_TREE_H_
