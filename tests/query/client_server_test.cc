// Our client and our server, in two processes.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>

#include "lib/query/client.h"
#include "tests/query/server_testing.h"

namespace pathwatch::query {
namespace {

constexpr std::int64_t kPatienceMs = 20'000;

class ClientServerTest : public ServerTest {
 protected:
  // Serves until the client, in a process of its own, has done its work; whether that is true.
  bool Works(const std::function<bool(Client&)>& work) {
    Serve();
    const pid_t child = ::fork();
    if (child == 0) {
      const auto client = Client::Connect(path_);
      ::_exit(client.ok() && work(**client) ? 0 : 1);
    }
    // The end of a process is no event of the loop.
    ring::TimerOutcome look;
    look.then = [&] { loop_->Arm(look.timer, loop_->now_ns() + ring::kMillisecond); };
    loop_->Arm(look.timer, loop_->now_ns());
    int status = -1;
    const bool ended = Until([&] { return ::waitpid(child, &status, WNOHANG) == child; });
    loop_->Disarm(look.timer);
    return ended && status == 0;
  }
};

TEST_F(ClientServerTest, CallsAreAnsweredAndErrorsNamed) {
  EXPECT_TRUE(Works([](Client& client) {
    if (!client.Send("org.example.test.Echo", R"({"text":"hello"})").ok()) return false;
    auto reply = client.Receive(kPatienceMs);
    if (!reply.ok() || TextOf(reply->parameters) != R"({"text":"hello"})") return false;
    if (!client.Send("org.example.test.Echo", "{}").ok()) return false;
    reply = client.Receive(kPatienceMs);
    return reply.ok() && reply->error == "org.varlink.service.InvalidParameter" &&
           TextOf(reply->parameters) == R"({"parameter":"text"})";
  }));
}

TEST_F(ClientServerTest, LongStreamArrivesWholeAndInOrder) {
  constexpr std::int64_t kReplies = 10'000;
  EXPECT_TRUE(Works([](Client& client) {
    if (!client.Send("org.example.test.Count", R"({"to":10000,"bytes":500})", true).ok()) {
      return false;
    }
    for (std::int64_t i = 1; i <= kReplies; ++i) {
      const auto reply = client.Receive(kPatienceMs);
      if (!reply.ok() || reply->continues != (i < kReplies)) return false;
      if (reply->parameters["number"].GetInt64() != i) return false;
    }
    return true;
  }));
}

TEST_F(ClientServerTest, RefusedClientLearnsWhy) {
  options_.limits.connections_max = 0;
  EXPECT_TRUE(Works([](Client& client) {
    if (!client.Send("org.example.test.Echo", R"({"text":"hello"})").ok()) return false;
    const auto reply = client.Receive(kPatienceMs);
    return reply.ok() && reply->error == "org.example.test.TooMany" &&
           client.Receive(kPatienceMs).status().code() == absl::StatusCode::kUnavailable;
  }));
}

}  // namespace
}  // namespace pathwatch::query
