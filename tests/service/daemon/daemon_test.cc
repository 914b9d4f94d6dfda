// The whole daemon on a simulated fabric, from the lock to the published file.
#include "service/daemon/daemon.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

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

}  // namespace
}  // namespace pathwatch::service
