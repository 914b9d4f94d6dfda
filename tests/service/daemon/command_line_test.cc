#include "service/daemon/command_line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pathwatch::service {
namespace {

std::variant<DaemonOptions, CommandLineText> Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "pathwatchd");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

DaemonOptions Options(const std::vector<const char*>& arguments) {
  const auto parsed = Parse(arguments);
  const auto* options = std::get_if<DaemonOptions>(&parsed);
  EXPECT_NE(options, nullptr);
  return options == nullptr ? DaemonOptions{} : *options;
}

CommandLineText Text(const std::vector<const char*>& arguments) {
  const auto parsed = Parse(arguments);
  const auto* text = std::get_if<CommandLineText>(&parsed);
  EXPECT_NE(text, nullptr);
  return text == nullptr ? CommandLineText{} : *text;
}

TEST(CommandLineTest, WithoutArgumentsTheDefaultsHold) {
  const DaemonOptions options = Options({});
  EXPECT_EQ(options.run_dir, "/run/pathwatch");
  EXPECT_EQ(options.health.interval_ns, 5 * health::kSecond);
  EXPECT_EQ(options.health.deadline_ns, 5 * health::kSecond);
  EXPECT_EQ(options.rescan_ns, 30 * health::kSecond);
  EXPECT_EQ(options.run_for_ns, 0);
  EXPECT_EQ(options.simulated_paths, 0u);
  EXPECT_TRUE(options.simulated_faults);
}

TEST(CommandLineTest, EveryOptionIsTakenOver) {
  const DaemonOptions options = Options({"--run-dir",
                                         "/tmp/x",
                                         "--interval",
                                         "500ms",
                                         "--deadline",
                                         "2s",
                                         "--rescan",
                                         "1m",
                                         "--seconds",
                                         "1.5",
                                         "--simulated",
                                         "10",
                                         "--simulated-seed",
                                         "7",
                                         "--simulated-calm",
                                         "--log-level",
                                         "debug",
                                         "--sysfs",
                                         "/s",
                                         "--dev",
                                         "/d",
                                         "--bsg-dir",
                                         "/b",
                                         "--passthrough",
                                         "bsg_uring"});
  EXPECT_EQ(options.run_dir, "/tmp/x");
  EXPECT_EQ(options.health.interval_ns, 500 * health::kMillisecond);
  EXPECT_EQ(options.health.deadline_ns, 2 * health::kSecond);
  EXPECT_EQ(options.rescan_ns, 60 * health::kSecond);
  EXPECT_EQ(options.run_for_ns, 1'500 * health::kMillisecond);
  EXPECT_EQ(options.simulated_paths, 10u);
  EXPECT_EQ(options.simulated_seed, 7u);
  EXPECT_FALSE(options.simulated_faults);
  EXPECT_EQ(options.log.level, LogLevel::kDebug);
  EXPECT_EQ(options.local.sysfs_root, "/s");
  EXPECT_EQ(options.local.dev_dir, "/d");
  EXPECT_EQ(options.local.bsg_dir, "/b");
  EXPECT_EQ(options.local.ordered, PW_PASSTHROUGH_BSG_URING);
}

TEST(CommandLineTest, BsgNodesAreWhereOtherNodesAreUnlessItIsSaid) {
  EXPECT_EQ(Options({}).local.bsg_dir, "/dev/bsg");
  EXPECT_EQ(Options({"--dev", "/d"}).local.bsg_dir, "/d/bsg");
}

TEST(CommandLineTest, PassthroughIsChosenUnlessOneIsNamed) {
  EXPECT_EQ(Options({}).local.ordered, std::nullopt);
  EXPECT_EQ(Options({"--passthrough", "auto"}).local.ordered, std::nullopt);
  EXPECT_EQ(Options({"--passthrough", "sg_async"}).local.ordered, PW_PASSTHROUGH_SG_ASYNC);
  const CommandLineText text = Text({"--passthrough", "sg"});
  EXPECT_EQ(text.exit_status, 2);
  EXPECT_NE(text.text.find("bsg_uring"), std::string::npos) << text.text;
}

TEST(CommandLineTest, VersionGoesToStdout) {
  const CommandLineText text = Text({"--version"});
  EXPECT_EQ(text.exit_status, 0);
  EXPECT_EQ(text.text, "pathwatchd 0.1.0\n");
}

TEST(CommandLineTest, ADurationNeedsAUnitWithinRange) {
  for (const char* wrong : {"5", "five", "-5s", "0s", "50ms", "2h", ""}) {
    const CommandLineText text = Text({"--interval", wrong});
    EXPECT_EQ(text.exit_status, 2) << wrong;
    EXPECT_NE(text.text.find("--interval"), std::string::npos) << text.text;
  }
  EXPECT_NE(Text({"--interval", "5"}).text.find("'5' is not a duration: write a number and a unit"),
            std::string::npos);
  EXPECT_NE(Text({"--interval", "2h"}).text.find("between 100ms and 1h is possible"),
            std::string::npos);
}

TEST(CommandLineTest, AnUnknownOptionIsNamed) {
  const CommandLineText text = Text({"--intervall", "5s"});
  EXPECT_EQ(text.exit_status, 2);
  EXPECT_NE(text.text.find("--intervall"), std::string::npos) << text.text;
}

TEST(CommandLineTest, OtherWrongValuesAreRefused) {
  EXPECT_EQ(Text({"--simulated", "0"}).exit_status, 2);
  EXPECT_EQ(Text({"--seconds", "0"}).exit_status, 2);
  EXPECT_EQ(Text({"--log-level", "loud"}).exit_status, 2);
  EXPECT_EQ(Text({"--run-dir"}).exit_status, 2);
}

}  // namespace
}  // namespace pathwatch::service
