#include "lib/ring/ring_handle.h"

#include <sys/utsname.h>

#include <cerrno>
#include <cstdint>
#include <ctime>

#include "lib/ring/bug.h"
#include "lib/ring/kernel_version.h"
#include "lib/ring/setup_error.h"
#include "lib/ring/sysctls.h"

namespace pathwatch::ring {
namespace {

std::uint32_t SetupFlags(Loop::Setup setup, bool big_entries) {
  // Thousands of commands may end while the loop is busy: room for four times what is submitted
  // at once keeps the kernel from its slower overflow list.
  const std::uint32_t always = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP;
  const std::uint32_t layout = big_entries ? IORING_SETUP_SQE128 | IORING_SETUP_CQE32 : 0;
  switch (setup) {
    case Loop::Setup::kDeferred:
      return always | layout | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER |
             IORING_SETUP_DEFER_TASKRUN;
    case Loop::Setup::kCooperative:
      return always | layout | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_COOP_TASKRUN;
    case Loop::Setup::kPlain:
      return always;
  }
  Bug("a Loop::Setup has an unknown value");
}

// Linux gives the locked memory of a closed ring back to its user only after a while, so a
// program that is restarted at once may meet what its predecessor held.
constexpr int kMemoryAttempts = 50;
constexpr timespec kMemoryWait = {.tv_sec = 0, .tv_nsec = 20'000'000};

// Returns 0 or an errno.
int TrySetup(std::uint32_t flags, std::uint32_t entries, io_uring& ring) {
  for (int attempt = 1;; ++attempt) {
    io_uring_params params = {};
    params.flags = flags;
    params.cq_entries = 4 * entries;
    const int error = -io_uring_queue_init_params(entries, &ring, &params);
    if (error != ENOMEM || attempt == kMemoryAttempts) return error;
    ::nanosleep(&kMemoryWait, nullptr);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<RingHandle>> RingHandle::Create(const Loop::Options& options) {
  utsname name = {};
  if (::uname(&name) != 0) Bug("uname failed");
  const absl::Status new_enough =
      RequireKernel(name.release, {Loop::kKernelMajorMin, Loop::kKernelMinorMin});
  if (!new_enough.ok()) return new_enough;
  const KernelVersion version = *ParseKernelVersion(name.release);

  constexpr Loop::Setup kBestFirst[] = {Loop::Setup::kDeferred, Loop::Setup::kCooperative,
                                        Loop::Setup::kPlain};
  int error = EINVAL;
  for (const Loop::Setup setup : kBestFirst) {
    if (setup < options.first_setup) continue;
    const std::uint32_t flags = SetupFlags(setup, options.big_entries);
    io_uring ring = {};
    error = TrySetup(flags, options.entries, ring);
    if (error == 0) {
      // The mapping in a forked process would keep the ring alive after this one. A kernel that
      // refuses leaves it like that, and everything else works.
      (void)io_uring_ring_dontfork(&ring);
      const Loop::Features features = {
          .big_entries = (flags & IORING_SETUP_SQE128) != 0,
          .defer_taskrun = (flags & IORING_SETUP_DEFER_TASKRUN) != 0,
          .kernel_major = version.major,
          .kernel_minor = version.minor,
      };
      return std::unique_ptr<RingHandle>(new RingHandle(ring, features));
    }
    // Only EINVAL says that this kernel doesn't know a flag.
    if (error != EINVAL) break;
  }
  return SetupError({.error = error, .entries = options.entries, .sysctls = ReadSysctls()});
}

}  // namespace pathwatch::ring
