// The whole daemon on a simulated fabric, from the lock to the published file.
#include "service/daemon/daemon.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "lib/checker/state_reader.h"
#include "lib/query/client.h"
#include "service/daemon/totals.h"
#include "tests/config/loading.h"

namespace pathwatch::service {
namespace {

class DaemonTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/pathwatch-daemon-XXXXXX";  // short: socket paths have a limit
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    Configure("");
    options_.simulated_paths = 200;
    options_.run_for_ns = 1 * health::kSecond;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  // Beside what keeps the test short.
  void Configure(const std::string& text) {
    options_.source.main_file = "";
    options_.source.command_line = {{config::OptionId::kRunDir, folder_ + "/run"},
                                    {config::OptionId::kInterval, "200ms"},
                                    {config::OptionId::kDeadline, "100ms"}};
    const std::vector<config::SourceFile> files = {{"test.toml", text}};
    options_.configuration = config::Good(config::Load(files, options_.source.command_line));
  }
  std::string State() const { return folder_ + "/run/state"; }

  std::string folder_;
  DaemonOptions options_;
};

TEST_F(DaemonTest, PublishesEveryPathAndEndsByItself) {
  options_.simulated_faults = false;
  auto daemon = Daemon::Create(options_);
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  ASSERT_TRUE((*daemon)->Run().ok());
  const auto published = PublishedTotals(State());
  ASSERT_TRUE(published.ok()) << published.status();
  // Of one array in two the second controller is a standby.
  const std::uint32_t up = (*published)[static_cast<std::size_t>(health::State::kUp)];
  const std::uint32_t ghost = (*published)[static_cast<std::size_t>(health::State::kGhost)];
  EXPECT_EQ(up + ghost, 200u);
  EXPECT_EQ(up, 150u);
}

TEST_F(DaemonTest, PublishesWhatItKnowsOfItself) {
  auto daemon = Daemon::Create(options_);
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  ASSERT_TRUE((*daemon)->Run().ok());
  pw_reader reader;
  ASSERT_EQ(pw_open(State().c_str(), &reader), PW_OK);
  pw_counters_record counters{};
  EXPECT_EQ(pw_read_counters(&reader, &counters), PW_OK);
  pw_header header{};
  EXPECT_EQ(pw_header_snapshot(&reader, &header), PW_OK);
  pw_close(&reader);
  EXPECT_EQ(counters.values[PW_COUNTER_PATHS_FOUND], 200u);
  EXPECT_EQ(counters.values[PW_COUNTER_PATHS_GONE], 0u);
  EXPECT_EQ(counters.values[PW_COUNTER_WATCHERS], 0u);
  // A command of a silent path may be out since any time after the start.
  const std::uint64_t oldest = counters.values[PW_COUNTER_OLDEST_IN_FLIGHT];
  EXPECT_EQ(oldest != 0, counters.values[PW_COUNTER_IN_FLIGHT] != 0);
  if (oldest != 0) {
    EXPECT_GE(oldest, static_cast<std::uint64_t>(header.started_boottime_ns));
    EXPECT_LE(oldest, static_cast<std::uint64_t>(header.heartbeat_boottime_ns));
  }
  std::uint64_t timers = 0;
  for (const std::uint64_t count : counters.loop_lag.counts) timers += count;
  EXPECT_GE(timers, 10u);
  EXPECT_LT(timers, counters.values[PW_COUNTER_LOOP_TURNS] + 10);
}

TEST_F(DaemonTest, ASecondDaemonInTheSameDirectoryIsRefused) {
  const auto first = Daemon::Create(options_);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = Daemon::Create(options_);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.status().message().find("another pathwatchd"), absl::string_view::npos)
      << second.status();
  EXPECT_NE(second.status().message().find("--run-dir"), absl::string_view::npos)
      << second.status();
}

TEST_F(DaemonTest, ADirectoryThatCannotBeMadeIsNamed) {
  options_.configuration = config::GoodText("daemon.run_dir = \"/proc/pathwatch\"\n");
  const auto daemon = Daemon::Create(options_);
  ASSERT_FALSE(daemon.ok());
  EXPECT_NE(daemon.status().message().find("/proc/pathwatch"), absl::string_view::npos)
      << daemon.status();
}

TEST_F(DaemonTest, TheNextDaemonCarriesStatesOver) {
  // With faults, what the kernel says of a port could change between the two.
  options_.simulated_faults = false;
  {
    auto daemon = Daemon::Create(options_);
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    ASSERT_TRUE((*daemon)->Run().ok());
  }
  const auto before = PublishedTotals(State());
  ASSERT_TRUE(before.ok());
  auto next = Daemon::Create(options_);
  ASSERT_TRUE(next.ok()) << next.status();
  // Nothing was checked yet: the simulated fabric is read while the daemon is made.
  const auto after = PublishedTotals(State());
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(TotalsText(*after), TotalsText(*before));
  EXPECT_EQ((*after)[static_cast<std::size_t>(health::State::kUnknown)], 0u);
}

TEST_F(DaemonTest, ReadersGroupMayReadTheStateAndConnect) {
  options_.configuration = config::GoodText("daemon.run_dir = \"" + folder_ +
                                            "/run\"\nquery.socket_mode = \"0600\"\n"
                                            "query.socket_group = \"" +
                                            std::to_string(getegid()) + "\"\n");
  auto daemon = Daemon::Create(options_);
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  for (const auto& [file, mode] :
       {std::pair("/run/state", 0640U), std::pair("/run/io.pathwatch", 0600U)}) {
    struct stat status {};
    ASSERT_EQ(stat((folder_ + file).c_str(), &status), 0) << file;
    EXPECT_EQ(status.st_gid, getegid()) << file;
    EXPECT_EQ(status.st_mode & 0777U, mode) << file;
  }
}

TEST_F(DaemonTest, AGroupOfReadersThatDoesNotExistIsRefused) {
  options_.configuration = config::GoodText("daemon.run_dir = \"" + folder_ +
                                            "/run\"\nquery.socket_group = \"no-such-group\"\n");
  const auto daemon = Daemon::Create(options_);
  ASSERT_FALSE(daemon.ok());
  EXPECT_NE(daemon.status().message().find("query.socket_group"), absl::string_view::npos)
      << daemon.status();
}

TEST_F(DaemonTest, AnswersOnItsSocketWhileItRuns) {
  options_.simulated_faults = false;
  auto daemon = Daemon::Create(options_);
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  std::thread asker([socket = folder_ + "/run/io.pathwatch"] {
    const auto client = query::Client::Connect(socket);
    ASSERT_TRUE(client.ok()) << client.status();
    for (const auto& [method, parameters] :
         {std::pair("GetStatus", "{}"), std::pair("Probe", R"({"paths":["0:0:0:0"]})"),
          std::pair("Reload", "{}")}) {
      ASSERT_TRUE((*client)->Send(std::string("io.pathwatch.") + method, parameters).ok());
      const auto reply = (*client)->Receive(10'000);
      ASSERT_TRUE(reply.ok()) << method << ": " << reply.status();
      EXPECT_EQ(reply->error, "") << method;
    }
  });
  EXPECT_TRUE((*daemon)->Run().ok());
  asker.join();
}

}  // namespace
}  // namespace pathwatch::service
