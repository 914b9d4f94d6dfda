// The groups of sockets.
//
// Thread rule: one thread; may ask the system's database, so only at the start.
#ifndef PATHWATCH_SERVICE_DAEMON_GROUP_NAME_H_
#define PATHWATCH_SERVICE_DAEMON_GROUP_NAME_H_

#include <sys/types.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::service {

// `name` may also be a number. On failure the sentence names the group, the option that asks for it
// ("query.admin_group") and the remedy.
absl::StatusOr<gid_t> GroupNamed(const std::string& name, const std::string& option);

// Who may read what is published: the group that query.socket_group names; if it names none, the
// group pathwatch, if there is one and root may give it; else nothing, which is the process's own.
absl::StatusOr<std::optional<gid_t>> GroupOfReaders(const std::string& socket_group);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_GROUP_NAME_H_
