#include "lib/ring/kernel_version.h"

#include <charconv>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch::ring {

std::optional<KernelVersion> ParseKernelVersion(std::string_view release) {
  const char* const end = release.data() + release.size();
  KernelVersion version;
  const auto major = std::from_chars(release.data(), end, version.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
  if (minor.ec != std::errc()) return std::nullopt;
  return version;
}

absl::Status RequireKernel(std::string_view release, KernelVersion oldest) {
  const std::optional<KernelVersion> version = ParseKernelVersion(release);
  const std::string name(release);
  if (!version) {
    return absl::FailedPreconditionError(absl::StrCat("the kernel's release '", name,
                                                      "' is no version: Linux ", oldest.major, ".",
                                                      oldest.minor, " or newer is needed"));
  }
  if (*version < oldest) {
    return absl::FailedPreconditionError(absl::StrCat("this host runs Linux ", name,
                                                      ", which is too old: Linux ", oldest.major,
                                                      ".", oldest.minor, " or newer is needed"));
  }
  return absl::OkStatus();
}

}  // namespace pathwatch::ring
