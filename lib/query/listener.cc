#include "lib/query/listener.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/query/unix_address.h"

namespace pathwatch::query {
namespace {

// Clients that have connected and are not accepted yet; the kernel bounds it by net.core.somaxconn.
constexpr int kBacklog = 4'096;

absl::Status Failed(const char* what, const std::string& path, const char* remedy, int error) {
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot ", what, " the query socket ", path, " (", remedy, ")"));
}

// Nobody can connect before listen(2): until then mode and group don't matter.
absl::Status Prepare(int file, const ListenerOptions& options) {
  const char* const path = options.path.c_str();
  if (options.group && ::chown(path, static_cast<uid_t>(-1), *options.group) != 0) {
    return Failed("set the group of", options.path,
                  "the daemon must be a member of the group, or root", errno);
  }
  if (::chmod(path, options.mode) != 0) {
    return Failed("set the mode of", options.path, "the file system must have modes", errno);
  }
  if (::listen(file, kBacklog) != 0) {
    return Failed("listen on", options.path, "is memory short?", errno);
  }
  return absl::OkStatus();
}

// The descriptors that systemd has passed, by their names.
struct PassedSockets {
  PassedSockets() : count(::sd_listen_fds_with_names(1, &names)) {}
  PassedSockets(const PassedSockets&) = delete;
  PassedSockets& operator=(const PassedSockets&) = delete;
  ~PassedSockets() {
    for (int i = 0; i < count; ++i) std::free(names[i]);  // NOLINT: systemd's contract
    std::free(static_cast<void*>(names));                 // NOLINT
  }

  char** names = nullptr;
  const int count;
};

}  // namespace

absl::StatusOr<int> Listen(const ListenerOptions& options) {
  const auto address = UnixAddress(options.path);
  if (!address.ok()) return address.status();
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0) {
    return Failed("create", options.path, "the limit of open files may be reached", errno);
  }
  absl::Cleanup close_file = [file] { ::close(file); };
  if (::unlink(options.path.c_str()) != 0 && errno != ENOENT) {
    return Failed("replace", options.path, "remove what is there", errno);
  }
  if (::bind(file, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
    return Failed("bind", options.path, "its directory must exist and be writable", errno);
  }
  const absl::Status prepared = Prepare(file, options);
  if (!prepared.ok()) {
    ::unlink(options.path.c_str());
    return prepared;
  }
  std::move(close_file).Cancel();
  return file;
}

absl::StatusOr<std::optional<int>> ActivatedListener(const std::string& name) {
  const PassedSockets passed;
  if (passed.count < 0) {
    return absl::ErrnoToStatus(-passed.count,
                               "systemd's LISTEN_FDS and LISTEN_FDNAMES are not understood");
  }
  for (int i = 0; i < passed.count; ++i) {
    if (name != passed.names[i]) continue;
    const int file = SD_LISTEN_FDS_START + i;
    if (::sd_is_socket_unix(file, SOCK_STREAM, 1, nullptr, 0) > 0) return file;
    return absl::InvalidArgumentError(
        absl::StrCat("the socket '", name, "' from systemd (descriptor ", file,
                     ") is no listening Unix stream socket: its socket unit needs ListenStream= "
                     "with a path"));
  }
  return std::nullopt;
}

}  // namespace pathwatch::query
