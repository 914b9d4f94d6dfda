#include "lib/query/caller.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "absl/status/status.h"

namespace pathwatch::query {
namespace {

// Most users are in fewer groups; those in more cost a second call.
constexpr std::size_t kGroupsUsual = 32;

absl::StatusOr<std::vector<gid_t>> SupplementaryGroups(int fd) {
  std::vector<gid_t> groups(kGroupsUsual);
  for (;;) {
    auto bytes = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    const int result = ::getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &bytes);
    const int error = errno;
    const std::size_t count = bytes / sizeof(gid_t);
    if (result != 0 && (error != ERANGE || count <= groups.size())) {
      return absl::ErrnoToStatus(error, "a client's groups are not known: SO_PEERGROUPS");
    }
    groups.resize(count);
    if (result == 0) return groups;
  }
}

}  // namespace

absl::StatusOr<Caller> CallerOf(int fd, std::optional<gid_t> admin_group) {
  ucred peer = {};
  socklen_t bytes = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) != 0) {
    return absl::ErrnoToStatus(errno, "a client's user is not known: SO_PEERCRED");
  }
  absl::StatusOr<std::vector<gid_t>> groups = SupplementaryGroups(fd);
  if (!groups.ok()) return groups.status();
  groups->push_back(peer.gid);
  return Caller{.pid = peer.pid,
                .uid = peer.uid,
                .privileged = IsPrivileged(peer.uid, *groups, ::geteuid(), admin_group)};
}

bool IsPrivileged(uid_t uid, std::span<const gid_t> groups, uid_t own_uid,
                  std::optional<gid_t> admin_group) {
  if (uid == 0 || uid == own_uid) return true;
  return admin_group && std::find(groups.begin(), groups.end(), *admin_group) != groups.end();
}

}  // namespace pathwatch::query
