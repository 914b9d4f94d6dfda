// multipathd's end of its socket, for tests of the commands that ask there.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_MULTIPATHD_END_H_
#define PATHWATCH_TESTS_SERVICE_CLI_MULTIPATHD_END_H_

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <thread>
#include <utility>

namespace pathwatch::cli {

// "<length><text>NUL", as multipathd sends it.
inline std::string MultipathdFrame(const std::string& text) {
  const std::size_t size = text.size() + 1;
  std::string frame(sizeof size, '\0');
  std::memcpy(frame.data(), &size, sizeof size);
  return frame + text + '\0';
}

// Takes one command and answers it with bytes.
class MultipathdEnd {
 public:
  // `name`: that of a socket, '@' for the NUL of an abstract one. `hold`: after the bytes nothing
  // more comes until the other end hangs up; else the connection is closed.
  MultipathdEnd(const std::string& name, std::string bytes, bool hold = false) {
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path, sizeof address.sun_path - 1);
    socklen_t size = sizeof address;
    if (name.starts_with('@')) {
      address.sun_path[0] = '\0';
      size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    }
    EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    thread_ = std::thread([this, hold, text = std::move(bytes)] { Serve(text, hold); });
  }
  ~MultipathdEnd() { Join(); }
  MultipathdEnd(const MultipathdEnd&) = delete;
  MultipathdEnd& operator=(const MultipathdEnd&) = delete;

  // What was sent, as it was framed. REQUIRES: the other end has hung up.
  std::string Call() {
    Join();
    return call_;
  }

 private:
  void Serve(const std::string& bytes, bool hold) {
    const int client = accept(listener_, nullptr, nullptr);
    std::size_t size = 0;
    if (recv(client, &size, sizeof size, MSG_WAITALL) == sizeof size && size < 4'096) {
      call_.resize(size);
      EXPECT_EQ(recv(client, call_.data(), size, MSG_WAITALL), static_cast<ssize_t>(size));
    }
    // The other end may have hung up.
    if (send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0 && hold) {
      char byte = 0;
      EXPECT_LE(read(client, &byte, 1), 0);
    }
    close(client);
    close(listener_);
  }
  void Join() {
    if (thread_.joinable()) thread_.join();
  }

  int listener_ = -1;
  std::thread thread_;
  std::string call_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_MULTIPATHD_END_H_
