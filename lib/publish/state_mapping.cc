#include "lib/publish/state_mapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/publish/system_error.h"

namespace pathwatch::publish {
namespace {

absl::Status CannotCreate(const std::string& path, std::size_t size, int error) {
  const std::string directory = path.substr(0, path.rfind('/'));
  return SystemError(absl::StrCat("cannot create ", path, " (", size, " bytes)"), error,
                     absl::StrCat("free space in ", directory, " or choose another --run-dir"));
}

// Gives the file its group, its mode and its space and maps it; 0 or an errno.
int Prepare(int file, std::size_t size, std::optional<gid_t> group, void** mapped) {
  constexpr auto kSameUser = static_cast<uid_t>(-1);
  if (group && fchown(file, kSameUser, *group) != 0) return errno;
  if (fchmod(file, 0640) != 0) return errno;
  const int error = posix_fallocate(file, 0, static_cast<off_t>(size));
  if (error != 0) return error;
  *mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return *mapped == MAP_FAILED ? errno : 0;
}

}  // namespace

absl::StatusOr<StateMapping> StateMapping::Create(const std::string& path, std::size_t size,
                                                  std::optional<gid_t> group) {
  unlink(path.c_str());
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
  if (file < 0) return CannotCreate(path, size, errno);
  void* mapped = nullptr;
  const int error = Prepare(file, size, group, &mapped);
  close(file);
  if (error != 0) {
    unlink(path.c_str());
    return CannotCreate(path, size, error);
  }
  return StateMapping(static_cast<std::byte*>(mapped), size);
}

StateMapping::StateMapping(StateMapping&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

StateMapping& StateMapping::operator=(StateMapping&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

StateMapping::~StateMapping() {
  if (data_ != nullptr) munmap(data_, size_);
}

}  // namespace pathwatch::publish
