#include "service/cli/control_socket.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"

namespace pathwatch::cli {
namespace {

absl::Status SendError(const std::string& socket_name, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError(absl::StrFormat(
          "there is no socket %s: start pathwatchd, or name its --run-dir", socket_name));
    case ECONNREFUSED:
      return absl::UnavailableError(
          absl::StrFormat("nobody listens on the socket %s: start pathwatchd", socket_name));
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(absl::StrFormat(
          "you may not send to the socket %s: run this as root, or join the socket's group",
          socket_name));
    case EAGAIN:  // the receiver's queue is full
    case ENOBUFS:
      return absl::ResourceExhaustedError(absl::StrFormat(
          "pathwatchd is too busy to take a request from the socket %s: try again later",
          socket_name));
    case EPROTOTYPE:
      return absl::FailedPreconditionError(absl::StrFormat(
          "the socket %s is not one of pathwatchd: remove it and restart pathwatchd", socket_name));
    default:
      return absl::InternalError(
          absl::StrFormat("cannot send to the socket %s: %s", socket_name, std::strerror(error)));
  }
}

}  // namespace

absl::Status SendRequest(const std::string& run_dir, const std::string& request) {
  const std::string name = run_dir + "/control";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name.size() >= sizeof address.sun_path) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s is too long for the name of a socket: choose a shorter --run-dir", name));
  }
  std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
  const int sender = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (sender < 0) return SendError(name, errno);
  const ssize_t sent = sendto(sender, request.data(), request.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                              reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int error = errno;
  close(sender);
  return sent < 0 ? SendError(name, error) : absl::OkStatus();
}

}  // namespace pathwatch::cli
