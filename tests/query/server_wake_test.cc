// Answers that wait for something to happen.
#include <gtest/gtest.h>

#include <string>

#include "tests/query/server_testing.h"

namespace pathwatch::query {
namespace {

class ServerWakeTest : public ServerTest {
 protected:
  int Asked(const std::string& name) { return service_.held[name].asked; }
  // Long enough for an answer that should not run to run.
  void Settle() {
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(loop_->RunOnce(0).ok());
  }
};

TEST_F(ServerWakeTest, AnswerThatWaitsIsAskedOnlyWhenItIsWoken) {
  Peer peer = Connect();
  peer.Call(Hold("a"));
  ASSERT_TRUE(IsHeld("a"));
  Settle();
  EXPECT_EQ(Asked("a"), 1);
  server_->Wake(service_.held["a"].call);
  EXPECT_EQ(Asked("a"), 1);
  Settle();
  EXPECT_EQ(Asked("a"), 2);
  LetGo("a");
  EXPECT_EQ(Reply(peer), R"({"parameters":{"name":"a"}})");
}

TEST_F(ServerWakeTest, SeveralWakesAreOne) {
  Peer peer = Connect();
  peer.Call(Hold("a"));
  ASSERT_TRUE(IsHeld("a"));
  for (int i = 0; i < 10; ++i) server_->Wake(service_.held["a"].call);
  Settle();
  EXPECT_EQ(Asked("a"), 2);
}

TEST_F(ServerWakeTest, WakeWhileTheAnswerRunsIsNotForgotten) {
  Peer peer = Connect();
  service_.on_hold = [&](CallId call) {
    if (service_.held["a"].asked < 3) server_->Wake(call);
  };
  peer.Call(Hold("a"));
  ASSERT_TRUE(IsHeld("a"));
  Settle();
  EXPECT_EQ(Asked("a"), 3);
}

TEST_F(ServerWakeTest, WakeWhileTheCallStartsIsAllowed) {
  Peer peer = Connect();
  service_.on_start = [&](CallId call) { server_->Wake(call); };
  peer.Call(Hold("a"));
  ASSERT_TRUE(IsHeld("a"));
  Settle();
  LetGo("a");
  EXPECT_EQ(Reply(peer), R"({"parameters":{"name":"a"}})");
}

TEST_F(ServerWakeTest, WakeOfACallThatNeverWasOrIsOverIsHarmless) {
  Peer peer = Connect();
  server_->Wake(0);
  server_->Wake(12345);
  ASSERT_EQ(Answer(peer, Echo("x")), Echoed("x"));
  server_->Wake(1);
  EXPECT_EQ(Answer(peer, Echo("y")), Echoed("y"));
}

TEST_F(ServerWakeTest, NumbersOfCallsAreNeverUsedTwice) {
  Peer peer = Connect();
  CallId last = 0;
  service_.on_start = [&](CallId call) {
    EXPECT_GT(call, last);
    last = call;
  };
  for (int i = 0; i < 3; ++i) ASSERT_EQ(Answer(peer, Echo("x")), Echoed("x"));
  Peer other = Connect();
  ASSERT_EQ(Answer(other, Echo("x")), Echoed("x"));
  EXPECT_EQ(last, 4U);
}

TEST_F(ServerWakeTest, AnswerThatEndsMayWakeAnother) {
  Peer first = Connect();
  Peer second = Connect();
  first.Call(Hold("first"));
  second.Call(Hold("second"));
  ASSERT_TRUE(IsHeld("first"));
  ASSERT_TRUE(IsHeld("second"));
  service_.on_end = [&] { LetGo("second"); };
  first.Close();
  EXPECT_EQ(Reply(second), R"({"parameters":{"name":"second"}})");
}

TEST_F(ServerWakeTest, ServerThatEndsDestroysItsAnswers) {
  Peer peer = Connect();
  peer.Call(Hold("a"));
  ASSERT_TRUE(IsHeld("a"));
  service_.on_end = [this, server = server_.get()] { server->Wake(service_.held["a"].call); };
  loop_.reset();
  server_.reset();
  EXPECT_TRUE(service_.held["a"].over);
  EXPECT_FALSE(peer.Receive());
}

}  // namespace
}  // namespace pathwatch::query
