#include "lib/discovery/sysfs.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace pathwatch::discovery {
namespace {

// Below the page size of every machine, so that a shorter read of sysfs is the end of the file.
constexpr std::size_t kReadSize = 4096;
// A VPD page has a 4-byte header and a 16-bit length.
constexpr std::size_t kFileMax = 4 + 0xffff;
// Room for about a hundred entries: as long a piece of work as reading one device.
constexpr std::size_t kListSize = 4096;

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

int OpenDirectory(int directory, const std::string& name, Descriptor& ret_directory) {
  const int fd = openat(directory, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  ret_directory = Descriptor(fd);
  return 0;
}

int ReadFile(int directory, const std::string& name, std::string& ret_content) {
  const Descriptor file(openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return errno;
  char buffer[kReadSize];
  std::string content;
  while (content.size() < kFileMax) {
    const ssize_t got = read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    content.append(buffer, static_cast<std::size_t>(got));
    if (static_cast<std::size_t>(got) < sizeof buffer) break;
  }
  ret_content = std::move(content);
  return 0;
}

int ReadLink(int directory, const std::string& name, std::string& ret_target) {
  char buffer[PATH_MAX];
  const ssize_t got = readlinkat(directory, name.c_str(), buffer, sizeof buffer);
  if (got < 0) return errno;
  ret_target.assign(buffer, static_cast<std::size_t>(got));
  return 0;
}

int ReadInode(int directory, const std::string& name, std::uint64_t& ret_inode) {
  struct stat info;
  if (fstatat(directory, name.c_str(), &info, AT_EMPTY_PATH) != 0) return errno;
  ret_inode = info.st_ino;
  return 0;
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

std::string ErrorInWords(int error) { return std::generic_category().message(error); }

bool IsShortage(int error) { return error == EMFILE || error == ENFILE || error == ENOMEM; }

int DirectoryLister::Next(std::vector<std::string>& ret_names, bool& ret_done) {
  alignas(dirent64) char buffer[kListSize];
  const ssize_t got = getdents64(directory_.get(), buffer, sizeof buffer);
  if (got < 0) return errno;
  ret_names.clear();
  for (ssize_t offset = 0; offset < got;) {
    const auto* entry = reinterpret_cast<const dirent64*>(buffer + offset);
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") ret_names.emplace_back(name);
    offset += entry->d_reclen;
  }
  ret_done = got == 0;
  return 0;
}

}  // namespace pathwatch::discovery
