// What the server makes of single calls, good and bad.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/query/server_testing.h"

namespace pathwatch::query {
namespace {

class ServerCallsTest : public ServerTest {
 protected:
  // The reply to a method of the test's interface.
  std::string Call(const std::string& method, const std::string& parameters,
                   const std::string& more = "") {
    return Answer(*peer_, R"({"method":"org.example.test.)" + method + R"(","parameters":)" +
                              parameters + more + "}");
  }
  static std::string Failed(const std::string& error, const std::string& name,
                            const std::string& value) {
    return R"({"error":"org.varlink.service.)" + error + R"(","parameters":{")" + name + R"(":")" +
           value + "\"}}";
  }
  // The server says what is wrong and closes.
  std::string BadCall(const std::string& bytes) {
    Peer peer = Connect();
    const std::uint64_t before = Now().bad_calls;
    peer.Send(bytes);
    EXPECT_TRUE(IsClosed(peer));
    EXPECT_EQ(Now().bad_calls, before + 1);
    EXPECT_EQ(peer.frames(), 1U);
    const rapidjson::Document reply = Parsed(peer.Take());
    EXPECT_STREQ(reply["error"].GetString(), "org.example.test.BadCall");
    return reply["parameters"]["problem"].GetString();
  }

  void SetUp() override { peer_ = std::make_unique<Peer>(Connect()); }

  std::unique_ptr<Peer> peer_;
};

TEST_F(ServerCallsTest, CallIsAnswered) {
  EXPECT_EQ(Answer(*peer_, Echo("hello")), Echoed("hello"));
  EXPECT_EQ(Answer(*peer_, Echo("again")), Echoed("again"));
  EXPECT_EQ(Now().calls_answered, 2U);
  EXPECT_EQ(Now().connections, 1U);
  EXPECT_EQ(Now().calls, 0U);
}

TEST_F(ServerCallsTest, ServiceTellsWhoItIs) {
  EXPECT_EQ(Answer(*peer_, R"({"method":"org.varlink.service.GetInfo"})"),
            R"({"parameters":{"vendor":"v","product":"p","version":"1","url":"u",)"
            R"("interfaces":["org.example.test","org.varlink.service"]}})");
}

TEST_F(ServerCallsTest, DescriptionsAreHandedOut) {
  const auto description = [&](const std::string& interface) {
    const rapidjson::Document reply = Parsed(
        Answer(*peer_, R"({"method":"org.varlink.service.GetInterfaceDescription","parameters":)"
                       R"({"interface":")" +
                           interface + "\"}}"));
    return std::string(reply["parameters"]["description"].GetString());
  };
  EXPECT_EQ(description("org.example.test"), kTestDescription);
  EXPECT_EQ(description("org.varlink.service"), kStandardDescription);
}

TEST_F(ServerCallsTest, WhatIsNotThereIsNamed) {
  EXPECT_EQ(Answer(*peer_, R"({"method":"io.pathwatch.GetStatus"})"),
            Failed("InterfaceNotFound", "interface", "io.pathwatch"));
  EXPECT_EQ(Answer(*peer_, R"({"method":"GetInfo"})"),
            Failed("MethodNotFound", "method", "GetInfo"));
  EXPECT_EQ(Call("Shout", "{}"), Failed("MethodNotFound", "method", "org.example.test.Shout"));
  EXPECT_EQ(Answer(*peer_, R"({"method":"org.varlink.service.GetInterfaceDescription",)"
                           R"("parameters":{"interface":"a.b"}})"),
            Failed("InterfaceNotFound", "interface", "a.b"));
  EXPECT_EQ(Call("Echo", R"({"text":"x"})", R"(,"upgrade":true)"),
            Failed("MethodNotImplemented", "method", "org.example.test.Echo"));
  EXPECT_TRUE(service_.started.empty());
}

TEST_F(ServerCallsTest, ParametersThatDoNotFitNeverReachTheService) {
  EXPECT_EQ(Call("Echo", "{}"), Failed("InvalidParameter", "parameter", "text"));
  EXPECT_EQ(Call("Echo", R"({"text":1})"), Failed("InvalidParameter", "parameter", "text"));
  EXPECT_EQ(Call("Echo", R"({"text":"x","txet":"y"})"),
            Failed("InvalidParameter", "parameter", "txet"));
  EXPECT_EQ(Call("Echo", R"({"text":"x","inner":{"number":1,"words":[2]}})"),
            Failed("InvalidParameter", "parameter", "inner.words"));
  EXPECT_EQ(Answer(*peer_, R"({"method":"org.varlink.service.GetInterfaceDescription"})"),
            Failed("InvalidParameter", "parameter", "interface"));
  EXPECT_TRUE(service_.started.empty());
}

TEST_F(ServerCallsTest, StreamContinuesUntilItsLastReply) {
  peer_->Call(Count(3, 0));
  ASSERT_TRUE(Receives(*peer_, 3));
  EXPECT_EQ(peer_->Take(), R"({"parameters":{"number":1,"filler":""},"continues":true})");
  EXPECT_EQ(peer_->Take(), R"({"parameters":{"number":2,"filler":""},"continues":true})");
  EXPECT_EQ(peer_->Take(), R"({"parameters":{"number":3,"filler":""}})");
}

TEST_F(ServerCallsTest, StreamWithoutMoreIsRefused) {
  EXPECT_EQ(Call("Count", R"({"to":3})"),
            R"({"error":"org.varlink.service.ExpectedMore","parameters":{}})");
}

TEST_F(ServerCallsTest, OnewayCallIsCarriedOutAndNotAnswered) {
  peer_->Call(R"({"method":"org.example.test.Echo","parameters":{"text":"x"},"oneway":true})");
  peer_->Call(R"({"method":"org.example.test.Shout","oneway":true})");
  peer_->Call(
      R"({"method":"org.example.test.Count","parameters":{"to":9},"more":true,"oneway":true})");
  EXPECT_EQ(Answer(*peer_, Echo("last")), Echoed("last"));
  EXPECT_EQ(service_.started, (std::vector<std::string>{"Echo", "Count", "Echo"}));
  EXPECT_EQ(service_.counted, 9);
  EXPECT_EQ(Now().calls_answered, 4U);
}

TEST_F(ServerCallsTest, CallInPiecesIsOne) {
  const std::string call = Echo("in pieces") + '\0';
  for (const char c : call) {
    peer_->Send(std::string(1, c));
    ASSERT_TRUE(loop_->RunOnce(0).ok());
  }
  EXPECT_EQ(Reply(*peer_), Echoed("in pieces"));
}

TEST_F(ServerCallsTest, PipelinedCallsAreAnsweredInTheirOrder) {
  constexpr int kCalls = 500;
  std::string calls;
  for (int i = 0; i < kCalls; ++i) calls += Echo(absl::StrCat("call ", i)) + '\0';
  peer_->Send(calls);
  ASSERT_TRUE(Receives(*peer_, kCalls));
  for (int i = 0; i < kCalls; ++i) ASSERT_EQ(peer_->Take(), Echoed(absl::StrCat("call ", i)));
}

TEST_F(ServerCallsTest, BytesThatAreNoTextComeBackReadable) {
  EXPECT_EQ(Call("Echo", R"({"text":"a\u0000\"\u00fc"})"),
            "{\"parameters\":{\"text\":\"a\\u0000\\\"\xc3\xbc\"}}");
}

TEST_F(ServerCallsTest, CallerIsKnownToTheService) {
  const rapidjson::Document reply = Parsed(Call("WhoAmI", "{}"));
  EXPECT_EQ(reply["parameters"]["pid"].GetInt(), ::getpid());
  EXPECT_EQ(reply["parameters"]["uid"].GetUint(), ::getuid());
  EXPECT_TRUE(reply["parameters"]["privileged"].GetBool());
}

TEST_F(ServerCallsTest, WhatIsNoCallEndsTheConnectionWithTheReason) {
  EXPECT_EQ(BadCall(std::string("\0", 1)),
            "what was received is no call: it is no JSON in UTF-8, at byte 0: The document is "
            "empty.");
  EXPECT_EQ(BadCall(std::string("{\"method\":\"a.b.\xff\"}\0", 19)),
            "what was received is no call: it is no JSON in UTF-8, at byte 15: Invalid encoding in "
            "string.");
  EXPECT_EQ(BadCall(std::string(60'000, '[') + '\0'),
            "what was received is no call: it has more than 32 objects and arrays within each "
            "other");
  EXPECT_EQ(BadCall(std::string("{\"methods\":1}\0", 14)),
            "what was received is no call: a call has no member \"methods\"");
  EXPECT_EQ(Answer(*peer_, Echo("others are well")), Echoed("others are well"));
}

TEST_F(ServerCallsTest, LongestCallIsTakenAndALongerOneIsNot) {
  const std::size_t most = options_.limits.call_bytes_max - Echo("").size() - 1;
  EXPECT_EQ(Answer(*peer_, Echo(std::string(most, 'x'))), Echoed(std::string(most, 'x')));
  EXPECT_EQ(BadCall(Echo(std::string(most + 1, 'x')) + '\0'),
            "what was received is no call: it is longer than 65536 bytes");
}

TEST_F(ServerCallsTest, HundredMegabytesWithoutAnEndAreNotTaken) {
  Peer peer = Connect();
  const std::string chunk(1 << 20, 'x');
  ssize_t taken = 0;
  bool refused = false;
  ASSERT_TRUE(Until([&] {
    const ssize_t sent = peer.TrySend(chunk);
    if (sent > 0) taken += sent;
    refused = sent < 0;
    return refused || taken >= 100 << 20;
  }));
  EXPECT_TRUE(refused);
  EXPECT_LT(taken, 4 << 20);
  EXPECT_TRUE(IsClosed(peer));
  EXPECT_NE(peer.Take().find("longer than 65536 bytes"), std::string::npos);
}

TEST_F(ServerCallsTest, ErrorInTheDescriptionIsFoundAtTheStart) {
  const int fd = ::dup(0);
  const auto server = Server::Create(*loop_, fd, "interface a.b\nmethod", service_, options_);
  ASSERT_FALSE(server.ok());
  EXPECT_EQ(server.status().message(),
            "interface description, line 2: a name that begins with a capital letter is expected, "
            "not the end");
}

}  // namespace
}  // namespace pathwatch::query
