#include "lib/ring/setup_error.h"

#include <cerrno>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch::ring {
namespace {

// Documentation/admin-guide/sysctl/kernel.rst: 1 = only CAP_SYS_ADMIN and the members of
// io_uring_group may create a ring (-1 = no group), 2 = nobody may.
absl::Status Forbidden(const SetupFailure& failure) {
  const std::int64_t disabled = failure.sysctls.disabled.value_or(0);
  if (disabled == 2) {
    return absl::PermissionDeniedError(
        "io_uring is disabled on this host (kernel.io_uring_disabled = 2): run 'sysctl "
        "kernel.io_uring_disabled=0'");
  }
  if (disabled == 1 && failure.sysctls.group.value_or(-1) == -1) {
    return absl::PermissionDeniedError(
        "io_uring is disabled for unprivileged processes on this host (kernel.io_uring_disabled = "
        "1, and kernel.io_uring_group = -1 names no group that may use it): run 'sysctl "
        "kernel.io_uring_disabled=0', or 'sysctl kernel.io_uring_group=GID' with a group of this "
        "process");
  }
  if (disabled == 1) {
    return absl::PermissionDeniedError(
        absl::StrCat("io_uring is disabled for unprivileged processes on this host "
                     "(kernel.io_uring_disabled = 1, kernel.io_uring_group = ",
                     *failure.sysctls.group, "): make group ", *failure.sysctls.group,
                     " a group of this process, or run 'sysctl kernel.io_uring_disabled=0'"));
  }
  return absl::PermissionDeniedError(
      "io_uring is forbidden to this process though no sysctl disables it: allow io_uring_setup, "
      "io_uring_enter and io_uring_register in the seccomp filter or the security module that "
      "confines it");
}

}  // namespace

absl::Status SetupError(const SetupFailure& failure) {
  switch (failure.error) {
    case EPERM:
    case EACCES:
      return Forbidden(failure);
    case ENOSYS:
      return absl::UnimplementedError(
          "this kernel has no io_uring, or a seccomp filter hides it: use a kernel that is built "
          "with CONFIG_IO_URING, and allow io_uring_setup in the filter");
    case ENOMEM:
      return absl::ResourceExhaustedError(
          absl::StrCat("the kernel has no memory for an io_uring of ", failure.entries,
                       " entries: raise the memory limit and the locked-memory limit of this "
                       "process (MemoryMax= "
                       "and LimitMEMLOCK= in a systemd unit, 'ulimit -l' in a shell)"));
    case EMFILE:
      return absl::ResourceExhaustedError(
          "this process has no descriptor left for an io_uring: raise its limit (LimitNOFILE= in a "
          "systemd unit, 'ulimit -n' in a shell)");
    case ENFILE:
      return absl::ResourceExhaustedError(
          "this host has no file handle left for an io_uring: raise the sysctl fs.file-max");
    default:
      return absl::InternalError(
          absl::StrCat("the kernel refused an io_uring of ", failure.entries,
                       " entries: ", std::generic_category().message(failure.error)));
  }
}

}  // namespace pathwatch::ring
