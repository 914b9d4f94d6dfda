// What `doctor` says of the kernel and its io_uring.
//
// Thread rule: ReadKernelFacts sets up a ring and closes it again; the rest is pure. Any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_KERNEL_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_KERNEL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/ring/loop.h"
#include "lib/ring/sysctls.h"
#include "service/cli/finding.h"

namespace pathwatch::cli {

struct KernelFacts {
  std::string release;  // as uname has it
  ring::Sysctls sysctls;
  // What the kernel grants to a ring of the daemon's size; the error of ring::Loop::Create().
  absl::StatusOr<ring::Loop::Features> ring;
  absl::Status commands;  // of ring::CommandProbe::Create()
};

// `commands` is what the caller has learnt of io_uring commands.
KernelFacts ReadKernelFacts(absl::Status commands);

// Findings "kernel", "io_uring" and "commands"; of a kernel that is too old only the first.
Findings JudgeKernel(const KernelFacts& facts);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_KERNEL_H_
