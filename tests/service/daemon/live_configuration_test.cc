#include "service/daemon/live_configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/config/load_files.h"
#include "tests/config/loading.h"
#include "tests/config/temporary_directory.h"
#include "tests/ring/loop_testing.h"
#include "tests/service/daemon/kept_lines.h"

namespace pathwatch::service {
namespace {

using config::OptionId;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LiveConfigurationTest : public testing::Test, protected ConfigurationListener {
 protected:
  LiveConfigurationTest() {
    auto loop = ring::Loop::Create({.entries = 64});
    EXPECT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
    auto sink = std::make_unique<KeptLines>();
    lines_ = sink.get();
    log_ = std::make_unique<Log>(*loop_, LogOptions{}, std::move(sink));
    directory_.Write("main.toml", "[check]\ninterval = \"7s\"\n");
    ConfigurationSource source{.main_file = directory_.Path("main.toml"),
                               .must_exist = true,
                               .command_line = {{OptionId::kDeadline, "3s"}}};
    const config::Configuration start =
        config::Good(config::LoadFiles(source.main_file, true, source.command_line));
    ConfigurationListener& listener = *this;
    live_ = std::make_unique<LiveConfiguration>(*loop_, std::move(source), start, *log_, listener);
  }
  // Everything outlives the loop.
  ~LiveConfigurationTest() override { loop_.reset(); }

  void OnConfigured() override { ++configured_; }
  void OnReloadEnded() override { ++ended_; }

  // Reloads and returns what was logged.
  std::vector<std::string> Reload() {
    const auto& counters = live_->counters();
    const std::uint64_t before = counters.reloads + counters.failed;
    const std::uint64_t served_by = live_->Reload();
    EXPECT_EQ(served_by, before + 1);
    EXPECT_TRUE(ring::RunUntil(*loop_, [&] { return live_->ended() >= served_by; }));
    EXPECT_EQ(counters.reloads + counters.failed, served_by);
    EXPECT_EQ(ended_, served_by);
    std::vector<std::string> texts;
    for (const KeptLine& line : lines_->Take()) texts.push_back(line.text);
    return texts;
  }
  std::int64_t Interval() const { return live_->now().Number(OptionId::kInterval); }

  const config::TemporaryDirectory directory_;
  std::unique_ptr<ring::Loop> loop_;
  KeptLines* lines_ = nullptr;
  std::unique_ptr<Log> log_;
  std::unique_ptr<LiveConfiguration> live_;
  int configured_ = 0;
  std::uint64_t ended_ = 0;
};

TEST_F(LiveConfigurationTest, BeginsWithWhatItWasGiven) {
  EXPECT_EQ(Interval(), 7 * config::kSecondNs);
  EXPECT_EQ(live_->counters().reloads, 0u);
  EXPECT_EQ(live_->counters().tried_ns, 0);
  EXPECT_GT(live_->counters().since_ns, 0);
}

TEST_F(LiveConfigurationTest, AGoodConfigurationTakesTheOldOnesPlaceAndIsLogged) {
  directory_.Write("conf.d/10.toml", "[check]\ninterval = \"2s\"\n");
  EXPECT_THAT(Reload(), ElementsAre("the configuration was read again, files: 2, options set in "
                                    "them: 2, changes: 1",
                                    "configuration: [check] interval: \"7s\" -> \"2s\""));
  EXPECT_EQ(Interval(), 2 * config::kSecondNs);
  EXPECT_EQ(configured_, 1);
  EXPECT_EQ(live_->counters().reloads, 1u);
  EXPECT_FALSE(live_->counters().has_failed);
}

TEST_F(LiveConfigurationTest, WithAProblemInOneFileNothingOfTheOthersIsTaken) {
  directory_.Write("conf.d/10.toml", "[check]\ninterval = \"2s\"\n");
  const std::string broken = directory_.Write("conf.d/20.toml", "[check]\nrefresh = 5\n");
  EXPECT_THAT(Reload(),
              ElementsAre(HasSubstr("configuration: " + broken + ":2: check.refresh: "),
                          "the configuration was not changed, problems: 1; 'pathwatch config "
                          "check' lists them"));
  EXPECT_EQ(Interval(), 7 * config::kSecondNs);
  EXPECT_EQ(configured_, 0);
  EXPECT_EQ(live_->counters().failed, 1u);
  EXPECT_TRUE(live_->counters().has_failed);
}

TEST_F(LiveConfigurationTest, AFileThatIsGoneIsAProblemIfItWasNamed) {
  std::filesystem::remove(directory_.Path("main.toml"));
  EXPECT_THAT(Reload(), ElementsAre(HasSubstr(directory_.Path("main.toml")), testing::_));
  EXPECT_EQ(Interval(), 7 * config::kSecondNs);
}

TEST_F(LiveConfigurationTest, TheNextGoodOneEndsTheFailure) {
  directory_.Write("main.toml", "nonsense");
  Reload();
  directory_.Write("main.toml", "[check]\ninterval = \"9s\"\n");
  Reload();
  EXPECT_FALSE(live_->counters().has_failed);
  EXPECT_EQ(live_->counters().failed, 1u);
  EXPECT_EQ(Interval(), 9 * config::kSecondNs);
}

TEST_F(LiveConfigurationTest, WhatTheCommandLineSaidStaysInForce) {
  directory_.Write("main.toml", "[check]\ndeadline = \"1s\"\n");
  Reload();
  EXPECT_EQ(live_->now().Number(OptionId::kDeadline), 3 * config::kSecondNs);
}

TEST_F(LiveConfigurationTest, AnOptionThatNeedsAnotherStartIsNamedWithEachReload) {
  directory_.Write("main.toml", "[daemon]\nsysfs = \"/elsewhere\"\n[check]\ninterval = \"7s\"\n");
  const std::string warning =
      "configuration: [daemon] sysfs: \"/sys\" -> \"/elsewhere\": takes effect at the next start "
      "of pathwatchd";
  EXPECT_THAT(Reload(), testing::Contains(warning));
  EXPECT_THAT(Reload(), testing::Contains(warning));
}

TEST_F(LiveConfigurationTest, AnOptionOfTheExporterNeedsAnotherStartOfThat) {
  directory_.Write("main.toml", "[metrics]\nper_path = \"none\"\n");
  EXPECT_THAT(Reload(),
              testing::Contains("configuration: [metrics] per_path: \"auto\" -> \"none\": takes "
                                "effect at the next start of pathwatch-exporter"));
}

TEST_F(LiveConfigurationTest, OfVeryManyProblemsOnlyTheFirstAreLogged) {
  std::string text = "[check]\n";
  for (int i = 0; i < 80; ++i) text += "nothing" + std::to_string(i) + " = 1\n";
  directory_.Write("main.toml", text);
  const auto lines = Reload();
  EXPECT_EQ(lines.size(), 21u);
  EXPECT_THAT(lines.back(), HasSubstr("problems: 80"));
}

}  // namespace
}  // namespace pathwatch::service
