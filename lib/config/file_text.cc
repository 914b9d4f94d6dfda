#include "lib/config/file_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::config {
namespace {

constexpr std::size_t kBytesPerRead = 1 << 16;

std::string_view RemedyFor(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return "give the user of pathwatchd the right to read it and to enter the directories above";
    case ELOOP:
      return "replace the symbolic link, which leads back to itself";
    case ENOENT:
      return "remove the symbolic link to it, or make what it leads to";
    case ENXIO:
    case ENODEV:
      return "move the socket or device node away, a file of text is expected";
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return "the system is short of resources, try again later";
    default:
      return "look in the kernel log what is wrong with its file system";
  }
}

absl::Status Failed(int error) { return absl::UnavailableError(CannotBeRead(error)); }

absl::Status OpenFailed(const std::string& name, int error) {
  struct stat link;
  if (error == ENOENT && lstat(name.c_str(), &link) != 0) return absl::NotFoundError("is missing");
  return Failed(error);
}

absl::Status CheckKind(const struct stat& info, std::size_t bytes_max) {
  if (!S_ISREG(info.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "is ", KindOfFile(info.st_mode), ", not a file: move it away or give it another name"));
  }
  if (static_cast<std::uintmax_t>(info.st_size) > bytes_max) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "has ", info.st_size, " bytes, at most ", bytes_max, " are read: is this the right file?"));
  }
  return absl::OkStatus();
}

bool IsSame(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool IsUnchanged(const struct stat& before, const struct stat& after, std::size_t bytes) {
  return before.st_size == after.st_size && static_cast<std::size_t>(after.st_size) == bytes &&
         IsSame(before.st_mtim, after.st_mtim) && IsSame(before.st_ctim, after.st_ctim);
}

// Reads up to the end, but not much more than `bytes_max`.
absl::StatusOr<std::string> ReadAll(int file, std::size_t bytes_max) {
  std::string text;
  for (;;) {
    const std::size_t had = text.size();
    if (had > bytes_max) return text;
    text.resize(had + kBytesPerRead);
    const ssize_t got = read(file, text.data() + had, kBytesPerRead);
    const int error = errno;
    text.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return text;
    if (got < 0 && error != EINTR) return Failed(error);
  }
}

// Nothing if the file changed while it was read.
absl::StatusOr<std::optional<std::string>> ReadOnce(const std::string& name, std::size_t bytes_max,
                                                    const std::function<void()>& after_reading) {
  // Without O_NONBLOCK the opening of a pipe waits for a writer.
  const int file = open(name.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return OpenFailed(name, errno);
  const absl::Cleanup close_file = [file] { close(file); };
  struct stat before;
  if (fstat(file, &before) != 0) return Failed(errno);
  absl::Status kind = CheckKind(before, bytes_max);
  if (!kind.ok()) return kind;
  absl::StatusOr<std::string> text = ReadAll(file, bytes_max);
  if (!text.ok()) return text.status();
  if (after_reading) after_reading();
  struct stat after;
  if (fstat(file, &after) != 0) return Failed(errno);
  if (!IsUnchanged(before, after, text->size())) return std::nullopt;
  return *std::move(text);
}

}  // namespace

absl::StatusOr<std::string> ReadFileText(const std::string& name, std::size_t bytes_max,
                                         const std::function<void()>& after_reading) {
  for (int reads = 0; reads < kReadsMax; ++reads) {
    absl::StatusOr<std::optional<std::string>> text = ReadOnce(name, bytes_max, after_reading);
    if (!text.ok()) return text.status();
    if (text->has_value()) return **std::move(text);
  }
  return absl::AbortedError(
      "was changed again and again while it was read: reload when it is finished, or write it "
      "under another name and rename it");
}

std::string CannotBeRead(int error) {
  return absl::StrCat("cannot be read: ", std::generic_category().message(error), "; ",
                      std::string(RemedyFor(error)));
}

std::string KindOfFile(unsigned mode) {
  if (S_ISREG(mode)) return "a file";
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device node";
}

}  // namespace pathwatch::config
