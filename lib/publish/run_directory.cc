#include "lib/publish/run_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/publish/process_stat.h"
#include "lib/publish/system_error.h"

namespace pathwatch::publish {

namespace {

constexpr char kOther[] = "or choose another --run-dir";

// What the holder of the lock writes into its file.
struct Holder {
  pid_t pid = 0;
  std::uint64_t start_time = 0;
};

// A holder of zeros if the file says nothing: its writer has only just taken the lock.
Holder ReadHolder(int lock) {
  char text[64] = {};
  Holder holder;
  if (pread(lock, text, sizeof text - 1, 0) <= 0) return holder;
  std::istringstream words(text);
  if (!(words >> holder.pid >> holder.start_time)) return {};
  return holder;
}

absl::Status WriteHolder(const std::string& name, int lock, std::uint64_t start_time) {
  const std::string text = absl::StrCat(getpid(), " ", start_time, "\n");
  if (ftruncate(lock, 0) != 0 ||
      pwrite(lock, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    return SystemError(absl::StrCat("cannot write ", name), errno,
                       absl::StrCat("free space there ", kOther));
  }
  return absl::OkStatus();
}

absl::StatusOr<HeldByEnding> JudgeHolder(const std::string& path, const std::string& proc,
                                         const Holder& holder) {
  const std::optional<ProcessStat> stat = ReadProcessStat(proc, std::to_string(holder.pid));
  if (stat && stat->start_time == holder.start_time && !stat->ending()) {
    return absl::FailedPreconditionError(absl::StrCat("another pathwatchd (process ", holder.pid,
                                                      ") uses ", path, ": stop it, ", kOther));
  }
  const std::string who =
      holder.pid == 0 ? "another process" : absl::StrCat("process ", holder.pid);
  return HeldByEnding{holder.pid,
                      absl::StrCat(who, " has not given up ", path,
                                   " yet: waiting until the kernel has closed its files")};
}

absl::Status Prepare(const std::string& path) {
  if (mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) {
    return SystemError(absl::StrCat("cannot create the run directory ", path), errno,
                       absl::StrCat("create it for the user of pathwatchd ", kOther));
  }
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return SystemError(absl::StrCat("cannot look at the run directory ", path), errno,
                       absl::StrCat("make it accessible ", kOther));
  }
  if (!S_ISDIR(status.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat("the run directory ", path, " is not a directory: remove it ", kOther));
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("others may write in the run directory ", path,
                     ", so nobody could trust its files: run 'chmod go-w ", path, "' ", kOther));
  }
  return absl::OkStatus();
}

}  // namespace

RunDirectory::RunDirectory(RunDirectory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

RunDirectory& RunDirectory::operator=(RunDirectory&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

RunDirectory::~RunDirectory() {
  if (lock_ >= 0) close(lock_);
}

void RunDirectory::KeepUntilExit() {
  // No living process began at the boot, so this says that the holder is ending. If it cannot be
  // written, the next daemon is refused instead of told to wait, which is as safe.
  (void)WriteHolder(path_ + "/lock", lock_, 0);
  lock_ = -1;
}

absl::StatusOr<std::variant<RunDirectory, HeldByEnding>> RunDirectory::Take(
    const std::string& path, const std::string& proc) {
  absl::Status prepared = Prepare(path);
  if (!prepared.ok()) return prepared;
  const std::string name = path + "/lock";
  // Mode 0600: whoever can open the file could keep the daemon from starting.
  const int lock = open(name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (lock < 0) {
    return SystemError(absl::StrCat("cannot open ", name), errno,
                       absl::StrCat("run pathwatchd as the owner of ", path, " ", kOther));
  }
  RunDirectory directory(path, lock);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      absl::StatusOr<HeldByEnding> held = JudgeHolder(path, proc, ReadHolder(lock));
      if (!held.ok()) return held.status();
      return *std::move(held);
    }
    return SystemError(absl::StrCat("cannot lock ", name), errno,
                       absl::StrCat("put it on a local file system ", kOther));
  }
  const std::optional<ProcessStat> self = ReadProcessStat(proc, "self");
  absl::Status written = WriteHolder(name, lock, self ? self->start_time : 0);
  if (!written.ok()) return written;
  return directory;
}

}  // namespace pathwatch::publish
