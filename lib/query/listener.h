// The socket that clients connect to.
//
// Thread rule: any thread; system calls only, none of which waits.
#ifndef PATHWATCH_LIB_QUERY_LISTENER_H_
#define PATHWATCH_LIB_QUERY_LISTENER_H_

#include <sys/types.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::query {

struct ListenerOptions {
  std::string path;  // "/run/pathwatch/io.pathwatch"
  mode_t mode = 0660;
  std::optional<gid_t> group;  // empty: the process's own
};

// Binds and listens; a socket that was left there by a daemon before is replaced.
// REQUIRES: nobody else listens there (the run directory's lock says so).
// Returns a descriptor that the caller owns. On failure the sentence names path and remedy, and
// there is no socket.
absl::StatusOr<int> Listen(const ListenerOptions& options);

// The socket of this name that systemd listens on for us (sd_listen_fds), which the caller owns;
// nothing if there is none. A descriptor of the name that is no listening Unix stream socket is an
// error that says so. Takes the environment's variables away, so that a child does not see them:
// to be called once, before there is another thread.
absl::StatusOr<std::optional<int>> ActivatedListener(const std::string& name);

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_LISTENER_H_
