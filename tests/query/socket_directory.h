// A directory for the sockets of a test, gone at its end. In /tmp, as a socket's path has to be
// short, and those that Bazel gives to tests are not.
#ifndef PATHWATCH_TESTS_QUERY_SOCKET_DIRECTORY_H_
#define PATHWATCH_TESTS_QUERY_SOCKET_DIRECTORY_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace pathwatch::query {

class SocketDirectory {
 public:
  SocketDirectory() { EXPECT_NE(::mkdtemp(path_.data()), nullptr); }
  SocketDirectory(const SocketDirectory&) = delete;
  SocketDirectory& operator=(const SocketDirectory&) = delete;
  ~SocketDirectory() { std::filesystem::remove_all(path_); }

  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  // Users that a test turns into may use it too.
  void OpenToAll() const { std::filesystem::permissions(path_, std::filesystem::perms::all); }

 private:
  std::string path_ = "/tmp/pathwatch.XXXXXX";
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_TESTS_QUERY_SOCKET_DIRECTORY_H_
