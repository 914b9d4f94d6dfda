#include "service/daemon/group_name.h"

#include <grp.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::service {

absl::StatusOr<gid_t> GroupNamed(const std::string& name, const std::string& option) {
  gid_t number = 0;
  if (absl::SimpleAtoi(name, &number)) return number;
  if (const auto group = GroupIfAny(name)) return *group;
  return absl::NotFoundError(absl::StrCat(
      "there is no group '", absl::CEscape(name), "', which ", option,
      " asks for: create it ('groupadd --system NAME'), or set the option to another one"));
}

std::optional<gid_t> GroupIfAny(const std::string& name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread.
  const group* found = getgrnam(name.c_str());
  return found != nullptr ? std::optional(found->gr_gid) : std::nullopt;
}

}  // namespace pathwatch::service
