#include "lib/ring/setup_error.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "lib/ring/kernel_version.h"

namespace pathwatch::ring {
namespace {

TEST(KernelVersionTest, DistributionReleasesBeginWithTheVersion) {
  EXPECT_EQ(ParseKernelVersion("6.1.0-18-amd64"), (KernelVersion{6, 1}));
  EXPECT_EQ(ParseKernelVersion("5.14.0-427.13.1.el9_4.x86_64"), (KernelVersion{5, 14}));
  EXPECT_EQ(ParseKernelVersion("6.4.0-150600.23.7-default"), (KernelVersion{6, 4}));
  EXPECT_EQ(ParseKernelVersion("7.0-rc1"), (KernelVersion{7, 0}));
}

TEST(KernelVersionTest, OtherTextIsNoVersion) {
  for (const char* release : {"", "6", "6.", ".1", "six.one", "-6.1", "99999999999.1", "6.x"}) {
    EXPECT_EQ(ParseKernelVersion(release), std::nullopt) << release;
  }
}

TEST(KernelVersionTest, MinorVersionsCompareAsNumbers) {
  EXPECT_LT((KernelVersion{5, 9}), (KernelVersion{5, 14}));
  EXPECT_LT((KernelVersion{5, 19}), (KernelVersion{6, 1}));
}

TEST(KernelVersionTest, OldestSupportedKernelIsAccepted) {
  EXPECT_TRUE(RequireKernel("5.14.0-70.el9", {5, 14}).ok());
  EXPECT_TRUE(RequireKernel("6.0.0", {5, 14}).ok());
}

TEST(KernelVersionTest, OlderKernelIsRefusedByName) {
  const absl::Status status = RequireKernel("5.10.0-28-amd64", {5, 14});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(
      status.message(),
      "this host runs Linux 5.10.0-28-amd64, which is too old: Linux 5.14 or newer is needed");
}

TEST(KernelVersionTest, UnreadableReleaseIsRefused) {
  EXPECT_EQ(RequireKernel("custom", {5, 14}).message(),
            "the kernel's release 'custom' is no version: Linux 5.14 or newer is needed");
}

TEST(SetupErrorTest, DisabledForEverybodyNamesTheSysctl) {
  const absl::Status status = SetupError({.error = EPERM, .sysctls = {.disabled = 2, .group = -1}});
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(status.message(),
            "io_uring is disabled on this host (kernel.io_uring_disabled = 2): run 'sysctl "
            "kernel.io_uring_disabled=0'");
}

TEST(SetupErrorTest, DisabledOutsideAGroupNamesTheGroup) {
  EXPECT_EQ(SetupError({.error = EPERM, .sysctls = {.disabled = 1, .group = 987}}).message(),
            "io_uring is disabled for unprivileged processes on this host "
            "(kernel.io_uring_disabled = 1, kernel.io_uring_group = 987): make group 987 a group "
            "of this process, or run 'sysctl kernel.io_uring_disabled=0'");
}

TEST(SetupErrorTest, DisabledWithoutAGroupSaysHowToNameOne) {
  EXPECT_EQ(SetupError({.error = EPERM, .sysctls = {.disabled = 1, .group = -1}}).message(),
            "io_uring is disabled for unprivileged processes on this host "
            "(kernel.io_uring_disabled = 1, and kernel.io_uring_group = -1 names no group that may "
            "use it): run 'sysctl kernel.io_uring_disabled=0', or 'sysctl "
            "kernel.io_uring_group=GID' with a group of this process");
}

TEST(SetupErrorTest, ForbiddenWithoutASysctlPointsAtTheConfinement) {
  const char* const expected =
      "io_uring is forbidden to this process though no sysctl disables it: allow io_uring_setup, "
      "io_uring_enter and io_uring_register in the seccomp filter or the security module that "
      "confines it";
  EXPECT_EQ(SetupError({.error = EPERM, .sysctls = {.disabled = 0, .group = -1}}).message(),
            expected);
  EXPECT_EQ(SetupError({.error = EACCES}).message(), expected);
}

TEST(SetupErrorTest, KernelWithoutIoUringIsNamed) {
  const absl::Status status = SetupError({.error = ENOSYS});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(status.message(),
            "this kernel has no io_uring, or a seccomp filter hides it: use a kernel that is built "
            "with CONFIG_IO_URING, and allow io_uring_setup in the filter");
}

TEST(SetupErrorTest, MissingMemoryNamesTheLimits) {
  const absl::Status status = SetupError({.error = ENOMEM, .entries = 4096});
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(status.message(),
            "the kernel has no memory for an io_uring of 4096 entries: raise the memory limit and "
            "the locked-memory limit of this process (MemoryMax= and LimitMEMLOCK= in a systemd "
            "unit, 'ulimit -l' in a shell)");
}

TEST(SetupErrorTest, MissingDescriptorsNameTheLimits) {
  EXPECT_EQ(SetupError({.error = EMFILE}).message(),
            "this process has no descriptor left for an io_uring: raise its limit (LimitNOFILE= in "
            "a systemd unit, 'ulimit -n' in a shell)");
  EXPECT_EQ(SetupError({.error = ENFILE}).message(),
            "this host has no file handle left for an io_uring: raise the sysctl fs.file-max");
}

TEST(SetupErrorTest, AnyOtherErrorIsSpelledOut) {
  EXPECT_EQ(SetupError({.error = EINVAL, .entries = 0}).message(),
            "the kernel refused an io_uring of 0 entries: Invalid argument");
}

}  // namespace
}  // namespace pathwatch::ring
