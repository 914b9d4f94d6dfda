// What `doctor` says of the limits of processes.
//
// Thread rule: ReadOwnLimits makes two system calls, ReadLimitsOf reads a file; the rest is pure.
// Any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_LIMITS_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "service/cli/finding.h"

namespace pathwatch::cli {

inline constexpr std::uint64_t kUnlimited = UINT64_MAX;

// Hard limits; pathwatchd raises its soft ones to them.
struct Limits {
  std::uint64_t open_files = kUnlimited;
  std::uint64_t locked_memory_bytes = kUnlimited;
};

// Of this process, which a pathwatchd started in its place would inherit.
Limits ReadOwnLimits();

// The text of /proc/PID/limits (proc(5)); nothing if one of the two is not there.
std::optional<Limits> ParseLimits(const std::string& text);

// Of another process; nothing if they may not be read.
std::optional<Limits> ReadLimitsOf(const std::string& proc_root, std::uint32_t pid);

// Whose limits count: a running pathwatchd's, otherwise those of this process.
struct LimitFacts {
  Limits limits;
  std::uint32_t daemon_pid = 0;  // 0: those of this process
  std::size_t devices = 0;
  bool ring_works = false;  // a ring of the daemon's size could be set up here
};

// Descriptors that pathwatchd needs for so many devices.
std::uint64_t DescriptorsFor(std::size_t devices);

// Findings "open files" and "locked memory".
Findings JudgeLimits(const LimitFacts& facts);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_LIMITS_H_
