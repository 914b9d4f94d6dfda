// What /proc/N/stat says about the life of a process.
//
// Thread rule: any thread.
#ifndef PATHWATCH_LIB_PUBLISH_PROCESS_STAT_H_
#define PATHWATCH_LIB_PUBLISH_PROCESS_STAT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pathwatch::publish {

struct ProcessStat {
  char state = '?';              // R, S, D, Z, ...
  std::uint64_t flags = 0;       // PF_* of the kernel
  std::uint64_t threads = 0;     // the kernel's io_uring workers are among them
  std::uint64_t start_time = 0;  // ticks since boot: tells two users of one pid apart

  // It runs no code of its own any more: PF_EXITING or PF_SIGNALED (include/linux/sched.h; the
  // first comes only when its io_uring workers are gone), a zombie, or dead.
  bool ending() const {
    return (flags & 0x404) != 0 || state == 'Z' || state == 'X' || state == 'x';
  }
};

// Parses the file's text (proc(5)); the name of the program may contain spaces and parentheses.
// nullopt if fields are missing or no numbers.
std::optional<ProcessStat> ParseProcessStat(std::string_view text);

// Of <proc>/<process>/stat; `process` is a number or "self". nullopt also if it cannot be read.
std::optional<ProcessStat> ReadProcessStat(const std::string& proc, const std::string& process);

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_PROCESS_STAT_H_
