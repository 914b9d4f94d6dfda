#include "service/daemon/command_line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lib/config/value.h"
#include "tests/config/temporary_directory.h"

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

using config::OptionId;

TEST(CommandLineTest, WithoutArgumentsTheDefaultsHold) {
  const DaemonOptions options = Options({"--config", ""});
  EXPECT_EQ(options.configuration.Text(OptionId::kRunDir), "/run/pathwatch");
  EXPECT_EQ(options.configuration.Number(OptionId::kInterval), 5 * health::kSecond);
  EXPECT_EQ(options.configuration.files(), 0u);
  EXPECT_EQ(options.run_for_ns, 0);
  EXPECT_EQ(options.simulated_paths, 0u);
  EXPECT_TRUE(options.simulated_faults);
}

TEST(CommandLineTest, TheConfigurationIsWhereTheSystemHasItUnlessItIsSaid) {
  const CommandLineText help = Text({"--help"});
  EXPECT_EQ(help.exit_status, 0);
  EXPECT_NE(help.text.find("=/etc/pathwatch/pathwatch.toml"), std::string::npos) << help.text;
}

TEST(CommandLineTest, EveryOptionIsTakenOver) {
  const DaemonOptions options = Options({"--config", "", "--seconds", "1.5", "--simulated", "10",
                                         "--simulated-seed", "7", "--simulated-calm"});
  EXPECT_EQ(options.run_for_ns, 1'500 * health::kMillisecond);
  EXPECT_EQ(options.simulated_paths, 10u);
  EXPECT_EQ(options.simulated_seed, 7u);
  EXPECT_FALSE(options.simulated_faults);
}

TEST(CommandLineTest, EveryOptionOfTheDaemonThatIsNoListCanBeGiven) {
  for (const config::Option& option : config::Options()) {
    if (option.type == config::Type::kPathRules || option.exporter) continue;
    std::string name = "--" + std::string(option.name);
    std::replace(name.begin(), name.end(), '_', '-');
    std::string value = config::TextOf(option, config::DefaultOf(option.id));
    std::erase(value, '"');
    const DaemonOptions options = Options({"--config", "", name.c_str(), value.c_str()});
    EXPECT_EQ(options.configuration.Find(option.id).origin.place, config::Place::kCommandLine)
        << name;
    EXPECT_EQ(options.source.command_line.size(), 1u) << name;
  }
}

TEST(CommandLineTest, OptionsOfTheExporterMayStandInTheFileButNotBeGiven) {
  const config::TemporaryDirectory folder;
  const std::string file = folder.Write("pathwatch.toml", "[metrics]\nlisten = \"0.0.0.0:9000\"\n");
  EXPECT_EQ(Options({"--config", file.c_str()}).configuration.Text(OptionId::kListen),
            "0.0.0.0:9000");
  EXPECT_EQ(Text({"--listen", "0.0.0.0:9000"}).exit_status, 2);
}

TEST(CommandLineTest, WhatItSaysWinsOverTheFile) {
  const config::TemporaryDirectory folder;
  const std::string file =
      folder.Write("pathwatch.toml", "[check]\ninterval = \"7s\"\ndeadline = \"8s\"\n");
  const DaemonOptions options = Options({"--config", file.c_str(), "--interval", "1s"});
  EXPECT_EQ(options.configuration.Number(OptionId::kInterval), 1 * health::kSecond);
  EXPECT_EQ(options.configuration.Number(OptionId::kDeadline), 8 * health::kSecond);
}

TEST(CommandLineTest, AFileThatIsNamedMustExist) {
  const CommandLineText text = Text({"--config", "/no/such/file.toml"});
  EXPECT_EQ(text.exit_status, 2);
  EXPECT_NE(text.text.find("pathwatchd: /no/such/file.toml"), std::string::npos) << text.text;
}

TEST(CommandLineTest, EveryProblemOfTheFileIsPrinted) {
  const config::TemporaryDirectory folder;
  const std::string file =
      folder.Write("pathwatch.toml", "[check]\nintervall = \"7s\"\ndeadline = 8\n");
  const CommandLineText text = Text({"--config", file.c_str()});
  EXPECT_EQ(text.exit_status, 2);
  EXPECT_NE(text.text.find("pathwatchd: " + file + ":2: "), std::string::npos) << text.text;
  EXPECT_NE(text.text.find("did you mean interval?"), std::string::npos) << text.text;
  EXPECT_NE(text.text.find("pathwatchd: " + file + ":3: "), std::string::npos) << text.text;
}

TEST(CommandLineTest, APassthroughThatDoesNotExistIsRefusedWithTheNamesOfThoseThatDo) {
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
  EXPECT_NE(Text({"--interval", "5"}).text.find("unit"), std::string::npos);
  EXPECT_NE(Text({"--interval", "2h"}).text.find("100ms"), std::string::npos);
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
