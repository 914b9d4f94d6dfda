// Who is at the other end of a Unix socket, and what he may do.
//
// Thread rule: any thread; system calls only, none of which waits.
#ifndef PATHWATCH_LIB_QUERY_CALLER_H_
#define PATHWATCH_LIB_QUERY_CALLER_H_

#include <sys/types.h>

#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "lib/query/answer.h"

namespace pathwatch::query {

// As the kernel recorded it when the client connected. On failure the status names the call that
// failed.
absl::StatusOr<Caller> CallerOf(int fd, std::optional<gid_t> admin_group);

// uid 0, the daemon's own user, and members of the administrators' group; `groups`: all that the
// user is in.
bool IsPrivileged(uid_t uid, std::span<const gid_t> groups, uid_t own_uid,
                  std::optional<gid_t> admin_group);

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_CALLER_H_
