#include "lib/query/client.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "lib/query/listener.h"
#include "tests/query/json.h"
#include "tests/query/socket_directory.h"

namespace pathwatch::query {
namespace {

constexpr std::int64_t kLong = 20'000;

// The daemon's end is played by the test itself: what it says is there before it is received.
class ClientTest : public testing::Test {
 protected:
  ClientTest() {
    const auto listener = Listen({.path = path_, .mode = 0600, .group = {}});
    EXPECT_TRUE(listener.ok()) << listener.status();
    listener_ = *listener;
    auto client = Client::Connect(path_);
    EXPECT_TRUE(client.ok()) << client.status();
    client_ = *std::move(client);
    daemon_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  }
  ~ClientTest() override {
    ::close(listener_);
    CloseDaemon();
  }
  void Say(std::string_view bytes) const {
    EXPECT_EQ(::send(daemon_, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  }
  void SayFrame(const std::string& json) const { Say(json + '\0'); }
  std::string Heard() const {
    std::string text(100'000, ' ');
    const ssize_t got = ::recv(daemon_, text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return text;
  }
  void CloseDaemon() {
    if (daemon_ >= 0) ::close(std::exchange(daemon_, -1));
  }

  const SocketDirectory directory_;
  const std::string path_ = directory_.Path("socket");
  int listener_ = -1;
  int daemon_ = -1;
  std::unique_ptr<Client> client_;
};

TEST_F(ClientTest, CallIsAFrameOfJson) {
  ASSERT_TRUE(client_->Send("a.b.C", "{\"x\":1}").ok());
  EXPECT_EQ(Heard(), std::string(R"({"method":"a.b.C","parameters":{"x":1}})") + '\0');
  ASSERT_TRUE(client_->Send("a.b.C", "{}", true).ok());
  EXPECT_EQ(Heard(), std::string(R"({"method":"a.b.C","parameters":{},"more":true})") + '\0');
}

TEST_F(ClientTest, RepliesComeOneByOneHoweverTheyArrive) {
  Say(R"({"parameters":{"n":1},"conti)");
  EXPECT_EQ(client_->Receive(1).status().code(), absl::StatusCode::kDeadlineExceeded);
  Say(std::string("nues\":true}\0{\"parameters\":{\"n\":2}}\0{}\0", 38));
  auto reply = client_->Receive(kLong);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(TextOf(reply->parameters), R"({"n":1})");
  EXPECT_TRUE(reply->continues);
  reply = client_->Receive(0);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(TextOf(reply->parameters), R"({"n":2})");
  EXPECT_FALSE(reply->continues);
  reply = client_->Receive(0);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(TextOf(reply->parameters), "{}");
  EXPECT_EQ(reply->error, "");
}

TEST_F(ClientTest, ErrorIsAReplyWithItsName) {
  SayFrame(R"({"error":"io.pathwatch.NoSuchPath","parameters":{"path":"sdx"}})");
  const auto reply = client_->Receive(kLong);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->error, "io.pathwatch.NoSuchPath");
  EXPECT_STREQ(reply->parameters["path"].GetString(), "sdx");
}

TEST_F(ClientTest, LongReplyIsReceivedWhole) {
  const std::string text(150'000, 'x');
  SayFrame("{\"parameters\":{\"text\":\"" + text + "\"}}");
  const auto reply = client_->Receive(kLong);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->parameters["text"].GetString(), text);
}

TEST_F(ClientTest, LastWordsOfADaemonThatHasClosedAreReceived) {
  SayFrame(R"({"error":"io.pathwatch.TooMany","parameters":{"limit":1}})");
  CloseDaemon();
  EXPECT_TRUE(client_->Send("a.b.C", "{}").ok());
  const auto reply = client_->Receive(kLong);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->error, "io.pathwatch.TooMany");
  const auto none = client_->Receive(kLong);
  EXPECT_EQ(none.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(none.status().message(),
            "pathwatchd has closed the connection to " + path_ + ": try again when it runs again");
}

TEST_F(ClientTest, WhatIsNoReplyIsAnError) {
  for (const char* frame : {"", "[]", "no", "{\"parameters\":"}) {
    SayFrame(frame);
    EXPECT_EQ(client_->Receive(kLong).status().code(), absl::StatusCode::kInternal) << frame;
  }
}

std::string Refusal(const std::string& path) {
  const auto client = Client::Connect(path);
  EXPECT_FALSE(client.ok());
  return std::string(client.status().message());
}

TEST_F(ClientTest, ConnectingSaysWhatIsWrong) {
  const std::string absent = path_ + ".absent";
  EXPECT_EQ(Refusal(absent), "nobody listens on the query socket " + absent +
                                 ": start pathwatchd ('systemctl start pathwatchd')");
  const std::string file = path_ + ".file";
  ::close(::open(file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  EXPECT_EQ(Refusal(file).substr(0, 14), "nobody listens");
  ::unlink(file.c_str());
  EXPECT_EQ(Refusal("").substr(0, 31), "the path of the query socket ''");
  ::close(std::exchange(listener_, -1));
  EXPECT_EQ(Refusal(path_).substr(0, 14), "nobody listens");
}

}  // namespace
}  // namespace pathwatch::query
