// The daemon's end of the control socket, for tests of the commands that send to it.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_CONTROL_END_H_
#define PATHWATCH_TESTS_SERVICE_CLI_CONTROL_END_H_

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {

// The daemon's end of <run_dir>/control.
class ControlEnd {
 public:
  explicit ControlEnd(const std::string& run_dir, int type = SOCK_DGRAM)
      : socket_(socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    SetText(address.sun_path, run_dir + "/control");
    EXPECT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0)
        << std::strerror(errno);
  }
  ~ControlEnd() { Close(); }
  ControlEnd(const ControlEnd&) = delete;
  ControlEnd& operator=(const ControlEnd&) = delete;

  // The oldest datagram; "nothing" if there is none.
  std::string Receive() const {
    std::array<char, 256> buffer{};
    const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
    return size < 0 ? "nothing" : std::string(buffer.data(), static_cast<std::size_t>(size));
  }

  // The name stays, and nobody listens.
  void Close() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

 private:
  int socket_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_CONTROL_END_H_
