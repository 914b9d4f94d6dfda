// Clients that are slow, silent, impatient, or gone.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/query/server_testing.h"

namespace pathwatch::query {
namespace {

using ring::kMillisecond;

class ServerClientsTest : public ServerTest {
 protected:
  // Every reply of a stream is here, in order.
  static bool IsStream(Peer& peer, std::int64_t to) {
    for (std::int64_t i = 1; i <= to; ++i) {
      const rapidjson::Document reply = Parsed(peer.Take());
      if (reply["parameters"]["number"].GetInt64() != i) return false;
      if (reply.HasMember("continues") != (i < to)) return false;
    }
    return true;
  }
  bool AllOver() {
    return Until([&] { return Now().connections == 0 && Now().calls == 0; });
  }
};

TEST_F(ServerClientsTest, ClientThatClosesItsHalfGetsItsAnswers) {
  Peer peer = Connect();
  peer.Call(Echo("one"));
  peer.Call(Hold("two"));
  peer.Call(Echo("three"));
  peer.EndInput();
  ASSERT_TRUE(IsHeld("two"));
  EXPECT_EQ(Reply(peer), Echoed("one"));
  LetGo("two");
  EXPECT_TRUE(IsClosed(peer));
  EXPECT_EQ(peer.Take(), R"({"parameters":{"name":"two"}})");
  EXPECT_EQ(peer.Take(), Echoed("three"));
  EXPECT_TRUE(AllOver());
}

TEST_F(ServerClientsTest, HalfCloseDoesNotKeepTheLoopBusy) {
  Peer peer = Connect();
  peer.Call(Hold("name"));
  peer.EndInput();
  ASSERT_TRUE(IsHeld("name"));
  const std::uint64_t before = loop_->statistics().turns;
  const ring::TimeNs end_ns = loop_->clock_ns() + 100 * kMillisecond;
  while (loop_->clock_ns() < end_ns) ASSERT_TRUE(loop_->RunOnce(end_ns).ok());
  EXPECT_LT(loop_->statistics().turns - before, 10U);
}

TEST_F(ServerClientsTest, ClientThatIsGoneAfterItsHalfCloseLosesItsAnswer) {
  Peer peer = Connect();
  peer.Call(Hold("name"));
  peer.EndInput();
  ASSERT_TRUE(IsHeld("name"));
  peer.Close();
  EXPECT_TRUE(Until([&] { return service_.held["name"].over; }));
  EXPECT_TRUE(AllOver());
}

TEST_F(ServerClientsTest, ClientThatIsGoneLosesItsAnswerThoughNothingIsWritten) {
  Peer peer = Connect();
  peer.Call(Hold("name"));
  ASSERT_TRUE(IsHeld("name"));
  peer.Close();
  EXPECT_TRUE(Until([&] { return service_.held["name"].over; }));
  EXPECT_TRUE(AllOver());
  EXPECT_EQ(Now().calls_answered, 0U);
  // Of a call that is over.
  server_->Wake(service_.held["name"].call);
}

TEST_F(ServerClientsTest, CallsThatWaitBehindALostAnswerAreCarriedOutIfTheyWantNoReply) {
  Peer peer = Connect();
  peer.Call(Hold("name"));
  ASSERT_TRUE(IsHeld("name"));
  peer.Call(Echo("nobody reads this"));
  peer.Call(R"({"method":"org.example.test.Count","parameters":{"to":1},"oneway":true})");
  peer.Close();
  EXPECT_TRUE(AllOver());
  EXPECT_EQ(service_.started, (std::vector<std::string>{"Hold", "Count"}));
}

TEST_F(ServerClientsTest, OnewayCallOfAClientThatIsGoneAtOnceIsCarriedOut) {
  Peer peer = Connect();
  peer.Call(R"({"method":"org.example.test.Hold","parameters":{"name":"x"},"oneway":true})");
  peer.Close();
  ASSERT_TRUE(IsHeld("x"));
  LetGo("x");
  EXPECT_TRUE(AllOver());
  EXPECT_EQ(Now().calls_answered, 1U);
}

TEST_F(ServerClientsTest, ClientThatDiesInTheMiddleOfACallIsForgotten) {
  Peer peer = Connect();
  peer.Send(R"({"method":"org.exam)");
  ASSERT_TRUE(Until([&] { return Now().accepted == 1; }));
  peer.Close();
  EXPECT_TRUE(AllOver());
  EXPECT_EQ(Now().bad_calls, 0U);
}

TEST_F(ServerClientsTest, ClientThatDiesInTheMiddleOfAReplyIsForgotten) {
  Peer peer = Connect();
  peer.Call(Count(1'000'000, 1000));
  ASSERT_TRUE(Until([&] { return !peer.Receive(100'000) || peer.bytes() > 50'000; }));
  EXPECT_EQ(service_.counting, 1);
  peer.Close();
  EXPECT_TRUE(AllOver());
  EXPECT_EQ(service_.counting, 0);
  EXPECT_LT(service_.counted, 1'000'000);
}

TEST_F(ServerClientsTest, ClientThatSaysNothingIsDropped) {
  options_.limits.call_time_ns = 20 * kMillisecond;
  Peer peer = Connect();
  EXPECT_TRUE(IsClosed(peer));
  EXPECT_EQ(Now().dropped, 1U);
  EXPECT_TRUE(AllOver());
}

TEST_F(ServerClientsTest, ClientThatNeverEndsItsCallIsDroppedHoweverOftenItSpeaks) {
  options_.limits.call_time_ns = 50 * kMillisecond;
  Peer peer = Connect();
  ASSERT_EQ(Answer(peer, Echo("x")), Echoed("x"));
  ASSERT_TRUE(Until([&] { return peer.TrySend("x") < 0; }));
  EXPECT_EQ(Now().dropped, 1U);
  EXPECT_EQ(Now().bad_calls, 0U);
}

TEST_F(ServerClientsTest, ClientMayBeIdleAfterItsFirstCallAndWhileItIsAnswered) {
  options_.limits.call_time_ns = 20 * kMillisecond;
  Peer idle = Connect();
  ASSERT_EQ(Answer(idle, Echo("x")), Echoed("x"));
  Peer waiting = Connect();
  waiting.Call(Hold("name"));
  ASSERT_TRUE(IsHeld("name"));
  waiting.Send("{\"method\":");
  Peer silent = Connect();
  ASSERT_TRUE(IsClosed(silent));
  EXPECT_EQ(Now().dropped, 1U);
  EXPECT_EQ(Answer(idle, Echo("y")), Echoed("y"));
  LetGo("name");
  EXPECT_EQ(Reply(waiting), R"({"parameters":{"name":"name"}})");
}

TEST_F(ServerClientsTest, ClientThatNeverReadsIsDropped) {
  options_.limits.stall_time_ns = 50 * kMillisecond;
  Peer peer = Connect();
  peer.Call(Count(1'000'000, 1000));
  EXPECT_TRUE(Until([&] { return Now().dropped == 1; }));
  EXPECT_TRUE(AllOver());
  // What was made for it is bounded: the socket's buffer and ours.
  EXPECT_LT(service_.counted, 2000);
}

TEST_F(ServerClientsTest, ClientThatReadsSlowlyIsNot) {
  options_.limits.stall_time_ns = 200 * kMillisecond;
  Peer peer = Connect();
  peer.Call(Count(300, 10'000));
  // For several times as long as a client may read nothing.
  ring::TimerOutcome timer;
  timer.then = [&] {
    peer.Receive(100'000);
    loop_->Arm(timer.timer, loop_->now_ns() + 30 * kMillisecond);
  };
  loop_->Arm(timer.timer, loop_->now_ns());
  EXPECT_TRUE(Until([&] { return peer.frames() == 300 || Now().dropped > 0; }));
  EXPECT_EQ(Now().dropped, 0U);
  EXPECT_TRUE(IsStream(peer, 300));
  loop_->Disarm(timer.timer);
}

TEST_F(ServerClientsTest, ClientThatNeverReadsManyRepliesIsBoundedToo) {
  options_.limits.stall_time_ns = 50 * kMillisecond;
  Peer peer = Connect();
  const std::string call = Echo(std::string(1000, 'x')) + '\0';
  ssize_t sent_last = 1;
  EXPECT_TRUE(Until([&] {
    while ((sent_last = peer.TrySend(call)) == static_cast<ssize_t>(call.size())) {
    }
    return Now().dropped == 1;
  }));
  EXPECT_LT(service_.started.size(), 2000U);
  EXPECT_TRUE(AllOver());
}

TEST_F(ServerClientsTest, SlowReaderDoesNotDelayAnother) {
  Peer slow = Connect();
  slow.Call(Count(1'000'000, 1000));
  Peer peer = Connect();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(Answer(peer, Echo("quick")), Echoed("quick"));
  EXPECT_LT(service_.counted, 2000);
}

TEST_F(ServerClientsTest, LongStreamsDoNotDelayAnother) {
  constexpr std::int64_t kReplies = 20'000;
  std::vector<Peer> streams;
  for (int i = 0; i < 5; ++i) {
    streams.push_back(Connect());
    streams.back().Call(Count(kReplies, 300));
  }
  Peer peer = Connect();
  int echoes = 0;
  peer.Call(Echo("quick"));
  ASSERT_TRUE(Until([&] {
    bool all = true;
    for (Peer& stream : streams) {
      stream.Receive(20'000);
      all = all && stream.frames() == kReplies;
    }
    peer.Receive();
    if (!peer.Take().empty()) {
      ++echoes;
      peer.Call(Echo("quick"));
    }
    return all;
  }));
  for (Peer& stream : streams) EXPECT_TRUE(IsStream(stream, kReplies));
  EXPECT_GT(echoes, 100);
  // A slice is 0.5 ms; a busy machine may take the processor away within one.
  EXPECT_LT(Now().longest_slice_ns, 100 * kMillisecond);
  EXPECT_GT(Now().longest_slice_ns, 0);
}

}  // namespace
}  // namespace pathwatch::query
