// A client's end of the query socket.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_SOCKET_H_
#define PATHWATCH_TESTS_BENCH_QUERY_SOCKET_H_

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace pathwatch::bench {

// A descriptor that the caller owns; -1 if nobody listens there.
inline int Connect(const std::string& path, bool blocking) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), std::begin(address.sun_path));
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | (blocking ? 0 : SOCK_NONBLOCK), 0);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

// Sends the call with its NUL. REQUIRES: it is short, and the first one of the connection.
inline void SendCall(int fd, const std::string& json) {
  (void)!::write(fd, json.c_str(), json.size() + 1);
}

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_SOCKET_H_
