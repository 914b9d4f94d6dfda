// The daemon's end of the socket io.pathwatch, for tests of the commands that ask there.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_QUERY_END_H_
#define PATHWATCH_TESTS_SERVICE_CLI_QUERY_END_H_

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>

#include "lib/query/listener.h"

namespace pathwatch::cli {

// Takes one call and answers it with one text.
class QueryEnd {
 public:
  // `reply`: one object of JSON; "": the connection is closed without a reply.
  QueryEnd(const std::string& run_dir, std::string reply) {
    const auto listener = query::Listen({.path = run_dir + "/io.pathwatch", .group = {}});
    EXPECT_TRUE(listener.ok()) << listener.status();
    thread_ = std::thread([this, fd = *listener, text = std::move(reply)] { Serve(fd, text); });
  }
  ~QueryEnd() { Join(); }
  QueryEnd(const QueryEnd&) = delete;
  QueryEnd& operator=(const QueryEnd&) = delete;

  // What was called, without its NUL. REQUIRES: the command has ended.
  std::string Call() {
    Join();
    return call_;
  }

 private:
  void Serve(int listener, const std::string& reply) {
    const int client = accept(listener, nullptr, nullptr);
    char byte = 0;
    while (read(client, &byte, 1) == 1 && byte != '\0') call_ += byte;
    if (!reply.empty()) {
      const std::string frame = reply + '\0';
      EXPECT_EQ(write(client, frame.data(), frame.size()), static_cast<ssize_t>(frame.size()));
    }
    close(client);
    close(listener);
  }
  void Join() {
    if (thread_.joinable()) thread_.join();
  }

  std::thread thread_;
  std::string call_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_QUERY_END_H_
