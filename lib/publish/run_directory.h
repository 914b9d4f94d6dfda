// The run directory, and the lock that makes this process the only daemon in it.
//
// Thread rule: at start, before the loop: the calls are synchronous.
#ifndef PATHWATCH_LIB_PUBLISH_RUN_DIRECTORY_H_
#define PATHWATCH_LIB_PUBLISH_RUN_DIRECTORY_H_

#include <sys/types.h>

#include <string>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"

namespace pathwatch::publish {

// The process that had the lock is ending, but the kernel has not closed its files yet (it waits
// for workers that are asleep): try again in a while and tell the user `sentence`.
struct HeldByEnding {
  pid_t pid = 0;  // 0: not known
  std::string sentence;
};

// Holds the lock for as long as it lives.
class RunDirectory {
 public:
  // Creates the directory (mode 0755) if it is absent and takes the lock, without waiting.
  // On success: the lock, or who is about to give it back. On failure the status is a sentence
  // with the remedy: FAILED_PRECONDITION if a living daemon has the lock or others may write in
  // the directory, otherwise a failed system call. `proc` is where procfs is mounted.
  static absl::StatusOr<std::variant<RunDirectory, HeldByEnding>> Take(
      const std::string& path, const std::string& proc = "/proc");

  RunDirectory(RunDirectory&& other) noexcept;
  RunDirectory& operator=(RunDirectory&& other) noexcept;
  ~RunDirectory();

  const std::string& path() const { return path_; }

  // For a process that is about to end, but may take long: the lock is given back by its end and
  // not by the destructor, and who finds it held meanwhile is told to wait (HeldByEnding).
  void KeepUntilExit();

 private:
  RunDirectory(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;
  int lock_ = -1;
};

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_RUN_DIRECTORY_H_
