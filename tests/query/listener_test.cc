#include "lib/query/listener.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/query/socket_directory.h"

namespace pathwatch::query {
namespace {

// In a process of its own, as descriptors, the environment and rights belong to the whole process.
// The exit status: 0 if `body` was true.
int InChild(const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body() ? 0 : 1);
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

class ListenerTest : public testing::Test {
 protected:
  bool CanConnect() const {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::copy(path_.begin(), path_.end(), std::begin(address.sun_path));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool can = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return can;
  }

  const SocketDirectory directory_;
  const std::string path_ = directory_.Path("socket");
};

TEST_F(ListenerTest, ClientsCanConnectAndModeAndGroupAreSet) {
  const auto fd = Listen({.path = path_, .mode = 0620, .group = ::getegid()});
  ASSERT_TRUE(fd.ok()) << fd.status();
  EXPECT_TRUE(CanConnect());
  struct stat status = {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0620U);
  EXPECT_EQ(status.st_gid, ::getegid());
  EXPECT_NE(::fcntl(*fd, F_GETFD) & FD_CLOEXEC, 0);
  ::close(*fd);
}

TEST_F(ListenerTest, SocketThatWasLeftThereIsReplaced) {
  const auto before = Listen({.path = path_, .mode = 0600, .group = {}});
  ASSERT_TRUE(before.ok());
  ::close(*before);
  EXPECT_FALSE(CanConnect());
  const auto fd = Listen({.path = path_, .mode = 0600, .group = {}});
  ASSERT_TRUE(fd.ok()) << fd.status();
  EXPECT_TRUE(CanConnect());
  ::close(*fd);
}

TEST_F(ListenerTest, FailuresNameThePathAndTheRemedy) {
  const auto long_path = Listen({.path = "/" + std::string(200, 'x'), .mode = 0600, .group = {}});
  ASSERT_FALSE(long_path.ok());
  EXPECT_EQ(long_path.status().message(),
            absl::StrCat("the path of the query socket '/", std::string(200, 'x'),
                         "' has 201 bytes: choose one with 1 to 107"));
  const auto no_folder = Listen({.path = path_ + "/socket", .mode = 0600, .group = {}});
  ASSERT_FALSE(no_folder.ok());
  EXPECT_NE(no_folder.status().message().find(path_ + "/socket"), std::string::npos);
  EXPECT_NE(no_folder.status().message().find("its directory must exist"), std::string::npos);
}

TEST_F(ListenerTest, WhatIsNoSocketIsNotReplaced) {
  ASSERT_EQ(::mkdir(path_.c_str(), 0700), 0);
  EXPECT_FALSE(Listen({.path = path_, .mode = 0600, .group = {}}).ok());
  EXPECT_EQ(::rmdir(path_.c_str()), 0);
}

TEST_F(ListenerTest, NoSocketIsLeftWhereItsGroupCannotBeSet) {
  // Without rights, in a process of its own.
  EXPECT_EQ(InChild([&] {
              directory_.OpenToAll();
              // Fails where there are no other users: then there is no such group either.
              const int changed = ::setresuid(65534, 65534, 65534);
              const auto fd = Listen({.path = path_, .mode = 0600, .group = gid_t{12345}});
              return changed <= 0 && !fd.ok() && ::access(path_.c_str(), F_OK) != 0 &&
                     fd.status().message().find("cannot set the group of") != std::string::npos;
            }),
            0);
}

// What systemd leaves to a process: descriptors from 3 on, and what they are in the environment.
class ActivatedListenerTest : public ListenerTest {
 protected:
  ~ActivatedListenerTest() override {
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(name);
  }
  static void Pass(int count, const char* names, pid_t pid = ::getpid()) {
    ::setenv("LISTEN_PID", std::to_string(pid).c_str(), 1);
    ::setenv("LISTEN_FDS", std::to_string(count).c_str(), 1);
    ::setenv("LISTEN_FDNAMES", names, 1);
  }
};

TEST_F(ActivatedListenerTest, NothingIsPassed) {
  const auto fd = ActivatedListener("query");
  ASSERT_TRUE(fd.ok()) << fd.status();
  EXPECT_FALSE(*fd);
}

TEST_F(ActivatedListenerTest, SocketIsFoundByItsNameAndTheEnvironmentIsCleared) {
  EXPECT_EQ(InChild([&] {
              const auto own = Listen({.path = path_, .mode = 0600, .group = {}});
              if (!own.ok()) return false;
              const int copy = ::fcntl(*own, F_DUPFD, 100);
              ::dup2(::open("/dev/null", O_RDONLY), 3);
              ::dup2(copy, 4);
              Pass(2, "control:query");
              const auto fd = ActivatedListener("query");
              return fd.ok() && *fd == 4 && CanConnect() && std::getenv("LISTEN_FDS") == nullptr &&
                     std::getenv("LISTEN_FDNAMES") == nullptr &&
                     (::fcntl(4, F_GETFD) & FD_CLOEXEC) != 0;
            }),
            0);
}

TEST_F(ActivatedListenerTest, SocketsOfOtherNamesOrProcessesAreNotTaken) {
  EXPECT_EQ(InChild([&] {
              const auto own = Listen({.path = path_, .mode = 0600, .group = {}});
              ::dup2(*own, 3);
              Pass(1, "other");
              const auto other = ActivatedListener("query");
              Pass(1, "query", ::getppid());
              const auto foreign = ActivatedListener("query");
              return other.ok() && !*other && foreign.ok() && !*foreign;
            }),
            0);
}

TEST_F(ActivatedListenerTest, WhatIsNoListeningStreamSocketIsRefused) {
  for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
    EXPECT_EQ(InChild([&] {
                const int fd = ::socket(AF_UNIX, type, 0);
                ::dup2(fd, 3);
                Pass(1, "query");
                const auto refused = ActivatedListener("query");
                return !refused.ok() &&
                       refused.status().message() ==
                           "the socket 'query' from systemd (descriptor 3) is no listening Unix "
                           "stream socket: its socket unit needs ListenStream= with a path";
              }),
              0);
  }
}

}  // namespace
}  // namespace pathwatch::query
