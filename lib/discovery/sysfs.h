// Reading sysfs with few system calls: everything is relative to an open directory.
//
// Errors are errno values (0 = success); outputs are untouched on failure.
//
// Thread rule: an object belongs to one thread; the functions hold nothing.
#ifndef PATHWATCH_LIB_DISCOVERY_SYSFS_H_
#define PATHWATCH_LIB_DISCOVERY_SYSFS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pathwatch::discovery {

// Owns a descriptor and closes it.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  // -1 if it owns none.
  int get() const { return fd_; }

 private:
  int fd_ = -1;
};

// For reads below it and DirectoryLister. `directory` may be AT_FDCWD.
int OpenDirectory(int directory, const std::string& name, Descriptor& ret_directory);

// The whole content, binary or text, up to 64 KiB (what a VPD page can have, SPC-4 7.8).
int ReadFile(int directory, const std::string& name, std::string& ret_content);

// The target of a symbolic link.
int ReadLink(int directory, const std::string& name, std::string& ret_target);

// The inode number behind `name`, links followed.
int ReadInode(int directory, const std::string& name, std::uint64_t& ret_inode);

// The content of a text attribute without the blanks and the newline at its end.
std::string_view TrimEnd(std::string_view text);

// "No such file or directory"
std::string ErrorInWords(int error);

// Whether an error means that this process or the machine lacks something (descriptors, memory),
// so that it says nothing about the file.
bool IsShortage(int error);

// What to do about a shortage, the end of a sentence.
inline constexpr const char* kShortageRemedy =
    "raise the limit of open files or free memory; the next scan begins anew.";

// Lists a directory piece by piece, in no particular order.
class DirectoryLister {
 public:
  explicit DirectoryLister(Descriptor directory) : directory_(std::move(directory)) {}

  int fd() const { return directory_.get(); }

  // Reads the next names, about a hundred, into `ret_names`; "." and ".." are left out. At the
  // end, `ret_done` is true.
  int Next(std::vector<std::string>& ret_names, bool& ret_done);

 private:
  Descriptor directory_;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_SYSFS_H_
