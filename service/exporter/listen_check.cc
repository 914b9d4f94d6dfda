#include "service/exporter/listen_check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::exporter {
namespace {

constexpr const char* kChange = "[metrics] listen or --listen";

std::string Reason(int error) {
  switch (error) {
    case EADDRINUSE:
      return absl::StrCat("another program has this port; end it, or choose another port with ",
                          kChange);
    case EADDRNOTAVAIL:
      return absl::StrCat(
          "this host does not have that address; give it to one of its interfaces,"
          " or choose one that it has with ",
          kChange);
    case EACCES:
      return absl::StrCat(
          "ports below 1024 need root or CAP_NET_BIND_SERVICE; choose another one "
          "with ",
          kChange);
    default:
      return std::generic_category().message(error);
  }
}

// 0 or an errno.
int TryToListen(const config::ListenAddress& address) {
  sockaddr_in name = {};
  name.sin_family = AF_INET;
  name.sin_port = htons(address.port);
  inet_pton(AF_INET, address.ip.c_str(), &name.sin_addr);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  const absl::Cleanup end = [fd] { close(fd); };
  // As the server does: connections of an exporter that has just ended do not count.
  const int reuse = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
  return bind(fd, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0 ? 0 : errno;
}

}  // namespace

absl::Status CanListen(const config::ListenAddress& address) {
  const int error = TryToListen(address);
  if (error == 0) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("cannot listen on ", TextOf(address), ": ", Reason(error)));
}

}  // namespace pathwatch::exporter
