// The worked session of proto/README.md is what the server says.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/query/listener.h"
#include "lib/query/server.h"
#include "proto/io_pathwatch_varlink.h"
#include "service/daemon/query/query_service.h"
#include "tests/publish/hex_dump.h"
#include "tests/publish/sample_state.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::service {
namespace {

// 2026-11-22T08:31:25.123Z
constexpr std::int64_t kWallNow = 1'795'336'285'123'000'000;

class NoRequests final : public Requests {
 public:
  void CheckNow(const discovery::Hctl&) override {}
  std::int64_t deadline_ns() const override { return 1'000'000'000; }
  absl::Status AcceptIdentity(const discovery::Hctl&, const query::Caller&) override { return {}; }
  std::uint64_t Reload(const query::Caller&) override { return 0; }
  Reloads reloads() const override { return {}; }
};

std::string Dump(const std::string& bytes) {
  const std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
  return publish::HexDump(copy);
}

class WorkedSessionTest : public testing::Test {
 protected:
  WorkedSessionTest() {
    ::signal(SIGPIPE, SIG_IGN);
    EXPECT_TRUE(state_->PutPath(0, publish::SamplePath(1)).ok());
    pw_path_record down = publish::SamplePath(2);
    down.state = PW_STATE_DOWN;
    down.reason_code.status = 0x02;
    EXPECT_TRUE(state_->PutPath(1, down).ok());
    Serve();
  }
  ~WorkedSessionTest() override {
    ::close(client_);
    loop_.reset();
    ::unlink(path_.c_str());
    ::rmdir(folder_.c_str());
  }

  // Sends the call, and returns the reply when it is there. Both end with a NUL.
  std::string Reply(const std::string& call) {
    const std::string frame = call + '\0';
    EXPECT_EQ(::send(client_, frame.data(), frame.size(), 0), static_cast<ssize_t>(frame.size()));
    std::string reply;
    EXPECT_TRUE(ring::RunUntil(*loop_, [&] {
      std::array<char, 4'096> room;
      const ssize_t got = ::recv(client_, room.data(), room.size(), MSG_DONTWAIT);
      if (got > 0) reply.append(room.data(), static_cast<std::size_t>(got));
      return reply.ends_with('\0');
    }));
    return reply;
  }

 private:
  void Serve() {
    const auto listener = query::Listen({.path = path_, .mode = 0600, .group = {}});
    ASSERT_TRUE(listener.ok()) << listener.status();
    query::Server::Options options;
    options.identity = {
        .vendor = "pathwatch", .product = "pathwatchd", .version = "1.2.3", .url = ""};
    auto server =
        query::Server::Create(*loop_, *listener, proto::kInterfaceDescription, service_, options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::copy(path_.begin(), path_.end(), std::begin(address.sun_path));
    client_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::connect(client_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }

  // The path of a socket has to be short.
  static std::string MakeFolder() {
    std::string folder = "/tmp/pathwatch.XXXXXX";
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    return folder;
  }

  const std::string folder_ = MakeFolder();
  publish::TempRunDirectory directory_;
  std::unique_ptr<publish::StateFile> state_ =
      publish::CreateState(directory_, publish::SmallCapacities(2));
  NoRequests requests_;
  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
  std::unique_ptr<query::Server> server_;
  QueryService service_{*loop_, *state_, requests_,
                        [this](query::CallId call) { server_->Wake(call); },
                        [] {
                          return present::Clocks{publish::kNow, kWallNow};
                        }};
  int client_ = -1;
  const std::string path_ = folder_ + "/socket";
};

TEST_F(WorkedSessionTest, ReadmeShowsWhatGoesOverTheSocket) {
  const std::vector<std::string> calls = {
      R"({"method":"org.varlink.service.GetInfo"})",
      R"({"method":"io.pathwatch.ListPaths","parameters":{)"
      R"("filter":{"states":["down"]},"fields":["path","device","state","since"]}})",
      R"({"method":"io.pathwatch.GetPath","parameters":{"path":"sd7"}})",
  };
  const std::vector<std::uint8_t> readme = publish::ReadBytes("proto/README.md");
  const std::string page(readme.begin(), readme.end());
  std::size_t after = 0;
  for (const std::string& call : calls) {
    for (const std::string& frame : {call + '\0', Reply(call)}) {
      const std::string block = "```\n" + Dump(frame) + "```\n";
      const std::size_t found = page.find(block, after);
      EXPECT_NE(found, std::string::npos) << "proto/README.md needs this block:\n" << block;
      if (found != std::string::npos) after = found + block.size();
    }
  }
}

}  // namespace
}  // namespace pathwatch::service
