// The reader at the other end of a Unix datagram socket, for tests of what is sent there.
#ifndef PATHWATCH_TESTS_RING_DATAGRAM_READER_H_
#define PATHWATCH_TESTS_RING_DATAGRAM_READER_H_

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pathwatch::ring {

// Binds a socket to the path, as a (re)started reader does, and unbinds it at its end.
class DatagramReader {
 public:
  explicit DatagramReader(const std::string& path) : path_(path) {
    ::unlink(path.c_str());
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), std::begin(address.sun_path));
    fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  DatagramReader(const DatagramReader&) = delete;
  DatagramReader& operator=(const DatagramReader&) = delete;
  ~DatagramReader() {
    ::close(fd_);
    ::unlink(path_.c_str());
  }
  // What has arrived, without waiting.
  std::vector<std::string> Take() const {
    std::vector<std::string> datagrams;
    std::string datagram(70'000, ' ');
    for (;;) {
      const ssize_t got = ::recv(fd_, datagram.data(), datagram.size(), 0);
      if (got < 0) return datagrams;
      datagrams.emplace_back(datagram, 0, static_cast<std::size_t>(got));
    }
  }

 private:
  std::string path_;
  int fd_ = -1;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_TESTS_RING_DATAGRAM_READER_H_
