// A client of the query server that may do anything, for tests on the loop's own thread: it never
// waits.
#ifndef PATHWATCH_TESTS_QUERY_PEER_H_
#define PATHWATCH_TESTS_QUERY_PEER_H_

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pathwatch::query {

class Peer {
 public:
  explicit Peer(const std::string& path) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), std::begin(address.sun_path));
    fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0)
        << path << ": errno " << errno;
  }
  Peer(Peer&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        received_(std::move(other.received_)),
        taken_(other.taken_),
        frames_(other.frames_) {}
  Peer& operator=(Peer&&) = delete;
  ~Peer() { Close(); }

  // How much of it went into the socket; -1: nobody is there any more.
  ssize_t TrySend(std::string_view bytes) const {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent < 0 && errno == EAGAIN ? 0 : sent;
  }
  void Send(std::string_view bytes) const {
    EXPECT_EQ(TrySend(bytes), static_cast<ssize_t>(bytes.size()));
  }
  // A frame of its own.
  void Call(const std::string& json) const { Send(json + '\0'); }

  void EndInput() const { ::shutdown(fd_, SHUT_WR); }
  void Close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

  // Receives up to `bytes_max` of what is there. False once the server has closed.
  bool Receive(std::size_t bytes_max = 1 << 20) {
    std::vector<char> chunk(std::min<std::size_t>(bytes_max, 1 << 16));
    for (std::size_t total = 0; total < bytes_max;) {
      const ssize_t got = ::recv(fd_, chunk.data(), std::min(chunk.size(), bytes_max - total), 0);
      if (got < 0 && errno == EAGAIN) return true;
      if (got <= 0) return false;
      received_.append(chunk.data(), static_cast<std::size_t>(got));
      frames_ += static_cast<std::size_t>(std::count(chunk.begin(), chunk.begin() + got, '\0'));
      total += static_cast<std::size_t>(got);
    }
    return true;
  }
  // Frames that were received and not taken.
  std::size_t frames() const { return frames_; }
  // Bytes of them, and of what follows.
  std::size_t bytes() const { return received_.size() - taken_; }
  // The oldest frame; "": there is none.
  std::string Take() {
    if (frames_ == 0) return "";
    --frames_;
    const std::size_t nul = received_.find('\0', taken_);
    const std::string frame = received_.substr(taken_, nul - taken_);
    taken_ = nul + 1;
    return frame;
  }
  // REQUIRES: all frames are taken. Gives their memory back.
  void Forget() {
    std::string().swap(received_);
    taken_ = 0;
  }

 private:
  int fd_ = -1;
  std::string received_;
  std::size_t taken_ = 0;  // bytes of it
  std::size_t frames_ = 0;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_TESTS_QUERY_PEER_H_
