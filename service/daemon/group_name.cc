#include "service/daemon/group_name.h"

#include <grp.h>
#include <unistd.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::service {
namespace {

std::optional<gid_t> GroupIfAny(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread.
  const group* found = getgrnam(name);
  return found != nullptr ? std::optional(found->gr_gid) : std::nullopt;
}

}  // namespace

absl::StatusOr<gid_t> GroupNamed(const std::string& name, const std::string& option) {
  gid_t number = 0;
  if (absl::SimpleAtoi(name, &number)) return number;
  if (const auto group = GroupIfAny(name.c_str())) return *group;
  return absl::NotFoundError(absl::StrCat(
      "there is no group '", absl::CEscape(name), "', which ", option,
      " asks for: create it ('groupadd --system NAME'), or set the option to another one"));
}

absl::StatusOr<std::optional<gid_t>> GroupOfReaders(const std::string& socket_group) {
  if (socket_group.empty()) return geteuid() == 0 ? GroupIfAny("pathwatch") : std::nullopt;
  const auto group = GroupNamed(socket_group, "query.socket_group");
  if (!group.ok()) return group.status();
  return *group;
}

}  // namespace pathwatch::service
