// More clients than there may be, and more than there are descriptors for.
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <string>
#include <vector>

#include "lib/query/acceptor.h"
#include "tests/query/server_testing.h"

namespace pathwatch::query {
namespace {

class ServerLimitsTest : public ServerTest {
 protected:
  static std::string TooMany(const std::string& what, int limit, const std::string& option) {
    return absl::StrCat(R"({"error":"org.example.test.TooMany","parameters":{"what":")", what,
                        R"(","limit":)", limit, R"(,"option":")", option, "\"}}");
  }
  std::string OfThisUser() const { return absl::StrCat("connections of uid ", ::getuid()); }
};

TEST_F(ServerLimitsTest, ConnectionsOfAUserAreLimited) {
  options_.limits.connections_per_uid = 3;
  std::vector<Peer> peers;
  for (int i = 0; i < 3; ++i) {
    peers.push_back(Connect());
    ASSERT_EQ(Answer(peers.back(), Echo("x")), Echoed("x"));
  }
  Peer refused = Connect();
  EXPECT_TRUE(IsClosed(refused));
  EXPECT_EQ(refused.Take(), TooMany(OfThisUser(), 3, "query.connections_per_uid"));
  EXPECT_EQ(Now().refused, 1U);
  EXPECT_EQ(Now().connections, 3U);

  peers.pop_back();
  ASSERT_TRUE(Until([&] { return Now().connections == 2; }));
  Peer next = Connect();
  EXPECT_EQ(Answer(next, Echo("room again")), Echoed("room again"));
}

TEST_F(ServerLimitsTest, ConnectionsInAllAreLimited) {
  options_.limits.connections_max = 2;
  Peer first = Connect();
  Peer second = Connect();
  Peer refused = Connect();
  EXPECT_TRUE(IsClosed(refused));
  EXPECT_EQ(refused.Take(), TooMany("connections", 2, "query.connections_max"));
  EXPECT_EQ(Answer(first, Echo("x")), Echoed("x"));
  EXPECT_EQ(Answer(second, Echo("y")), Echoed("y"));
}

TEST_F(ServerLimitsTest, TenThousandConnectionsInARowLeaveNothingBehind) {
  constexpr std::uint64_t kConnections = 10'000;
  Peer steady = Connect();
  ASSERT_EQ(Answer(steady, Echo("x")), Echoed("x"));
  const std::size_t before = ::mallinfo2().uordblks;
  for (std::uint64_t i = 1; i <= kConnections; ++i) {
    Peer peer = Connect();
    switch (i % 4) {
      case 0:
        peer.Call(Echo("nobody waits for this"));
        break;
      case 1:
        peer.Send("{\"meth");
        break;
      case 2:
        peer.Call("no call");
        break;
      default:
        break;
    }
    peer.Close();
    ASSERT_TRUE(loop_->RunOnce(0).ok());
    // Not all of them are accepted yet, but those that are gone.
    ASSERT_LE(Now().connections, 10U);
    if (i % 100 == 0) {
      ASSERT_EQ(Answer(steady, Echo("well")), Echoed("well"));
    }
  }
  ASSERT_TRUE(Until([&] { return Now().accepted == kConnections + 1 && Now().connections == 1; }));
  EXPECT_EQ(Now().refused, 0U);
  EXPECT_EQ(Now().dropped, 0U);
  EXPECT_LT(::mallinfo2().uordblks, before + 100'000);
}

TEST_F(ServerLimitsTest, IdleConnectionIsSmall) {
  constexpr std::size_t kPeers = 200;
  std::vector<Peer> peers;
  peers.reserve(kPeers);
  Serve();
  const auto all = [&](const std::string& text) {
    for (Peer& peer : peers) peer.Call(Echo(text));
    for (Peer& peer : peers) ASSERT_EQ(Reply(peer), Echoed(text));
  };
  const std::size_t before = ::mallinfo2().uordblks;
  for (std::size_t i = 0; i < kPeers; ++i) peers.push_back(Connect());
  ASSERT_TRUE(Until([&] { return Now().connections == kPeers; }));
  all("short");
  all(std::string(50'000, 'x'));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(loop_->RunOnce(0).ok());
  for (Peer& peer : peers) peer.Forget();
  EXPECT_LT((::mallinfo2().uordblks - before) / kPeers, 2000U);
}

// Takes nobody.
class NoTaker final : public ClientTaker {
 public:
  void OnClient(int) override { ADD_FAILURE() << "a client came"; }
};

TEST_F(ServerLimitsTest, WithoutDescriptorsClientsWaitAndTheLoopDoesNotSpin) {
  // One that cannot listen pauses at once. The first pause of the program has to be here: then a
  // sanitizer looks at the timer's type, and needs descriptors for it.
  NoTaker nobody;
  Acceptor deaf(*loop_, ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), nobody);
  ASSERT_TRUE(loop_->RunOnce(loop_->clock_ns() + Acceptor::kPauseNs).ok());
  Peer first = Connect();
  ASSERT_EQ(Answer(first, Echo("x")), Echoed("x"));
  rlimit limit = {};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  Peer second = Connect();
  Peer third = Connect();
  // One is left: an accept that is out already has taken the limit from before.
  const int next = ::dup(0);
  ::close(next);
  rlimit few = limit;
  few.rlim_cur = static_cast<rlim_t>(next) + 1;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  const std::uint64_t turns = loop_->statistics().turns;
  const ring::TimeNs end_ns = loop_->clock_ns() + 150 * ring::kMillisecond;
  while (loop_->clock_ns() < end_ns) EXPECT_TRUE(loop_->RunOnce(end_ns).ok());
  EXPECT_LT(loop_->statistics().turns - turns, 20U);
  EXPECT_EQ(Now().accepted, 2U);
  EXPECT_EQ(Answer(first, Echo("y")), Echoed("y"));
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(Answer(third, Echo("z")), Echoed("z"));
  loop_.reset();  // before `deaf`
}

}  // namespace
}  // namespace pathwatch::query
