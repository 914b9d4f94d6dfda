// A server on a socket of its own, in the loop of the test.
#ifndef PATHWATCH_TESTS_QUERY_SERVER_TESTING_H_
#define PATHWATCH_TESTS_QUERY_SERVER_TESTING_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/query/listener.h"
#include "lib/query/server.h"
#include "tests/query/json.h"
#include "tests/query/peer.h"
#include "tests/query/socket_directory.h"
#include "tests/query/test_service.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::query {

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    ::signal(SIGPIPE, SIG_IGN);
    options_.identity = {.vendor = "v", .product = "p", .version = "1", .url = "u"};
  }
  ~ServerTest() override {
    loop_.reset();
    server_.reset();
  }

  // With options_ as they are; by itself at the first Connect().
  void Serve() {
    const auto listener = Listen({.path = path_, .mode = 0600, .group = {}});
    ASSERT_TRUE(listener.ok()) << listener.status();
    auto server = Server::Create(*loop_, *listener, kTestDescription, service_, options_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  Peer Connect() {
    if (!server_) Serve();
    return Peer(path_);
  }

  bool Until(const std::function<bool()>& reached) { return ring::RunUntil(*loop_, reached); }
  // Until the peer has so many frames, and none more.
  bool Receives(Peer& peer, std::size_t frames) {
    return Until([&] { return !peer.Receive() || peer.frames() >= frames; }) &&
           peer.frames() == frames;
  }
  bool IsClosed(Peer& peer) {
    return Until([&] { return !peer.Receive(); });
  }
  // The text of the next frame.
  std::string Reply(Peer& peer) {
    EXPECT_TRUE(Receives(peer, 1)) << peer.frames() << " frames";
    return peer.Take();
  }
  std::string Answer(Peer& peer, const std::string& call) {
    peer.Call(call);
    return Reply(peer);
  }
  const Statistics& Now() const { return server_->statistics(); }

  static std::string Echo(const std::string& text) {
    return R"({"method":"org.example.test.Echo","parameters":{"text":")" + text + "\"}}";
  }
  static std::string Echoed(const std::string& text) {
    return R"({"parameters":{"text":")" + text + "\"}}";
  }
  static std::string Count(std::int64_t to, std::int64_t bytes) {
    return absl::StrCat(R"({"method":"org.example.test.Count","parameters":{"to":)", to,
                        R"(,"bytes":)", bytes, R"(},"more":true})");
  }
  static std::string Hold(const std::string& name) {
    return R"({"method":"org.example.test.Hold","parameters":{"name":")" + name + "\"}}";
  }
  // The call is in progress, and waits.
  bool IsHeld(const std::string& name) {
    return Until([&] { return service_.held.contains(name) && service_.held[name].asked > 0; });
  }
  void LetGo(const std::string& name) {
    service_.held[name].let_go = true;
    server_->Wake(service_.held[name].call);
  }

  const SocketDirectory directory_;
  const std::string path_ = directory_.Path("socket");
  Server::Options options_;
  TestService service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_TESTS_QUERY_SERVER_TESTING_H_
