#include "service/cli/config_command.h"

#include <sstream>
#include <string>

#include "lib/config/defaults_text.h"
#include "tests/service/cli/config_files.h"

namespace pathwatch::cli {
namespace {

class ConfigCommandTest : public ConfigFilesTest {};

TEST_F(ConfigCommandTest, DefaultsAreTheFileThatIsInstalled) {
  const Outcome outcome = Run({"config", "defaults"});
  EXPECT_EQ(outcome.out, config::DefaultsText());
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(ConfigCommandTest, DefaultsAreGoodAndSetNothing) {
  WriteMain(Run({"config", "defaults"}).out);
  const Outcome outcome = RunConfig("check");
  EXPECT_EQ(outcome.out, "ok: 1 file, 0 options set, the rest are defaults\n");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(ConfigCommandTest, FilesAndOptionsAreCounted) {
  WriteMain("[check]\ninterval = \"10s\"\n");
  WriteMore("10.toml", "[fc]\ninterval = \"20s\"\n[query]\nsocket_group = \"disk\"\n");
  WriteMore("ignored.txt", "nonsense");
  const Outcome outcome = RunConfig("check");
  EXPECT_EQ(outcome.out, "ok: 2 files, 3 options set, the rest are defaults\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(ConfigCommandTest, EveryProblemOfEveryFileIsALine) {
  WriteMain("[check]\ninterval = 20\ndeadlin = \"5s\"\n");
  WriteMore("10.toml", "[daemon]\nlog_level = \"warm\"\n");
  const Outcome outcome = RunConfig("check");
  for (const std::string& expected :
       {main_file() + ":2: check.interval: 20 has no unit: write \"20s\" if seconds are meant; ",
        main_file() + ":3: check.deadlin: ", At("10.toml", 2) + ": daemon.log_level: \"warm\" is ",
        std::string("; did you mean warn?\n3 problems\n")}) {
    EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected << "\n" << outcome.out;
  }
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(ConfigCommandTest, NamedFileThatIsMissingIsAProblem) {
  const Outcome outcome = RunConfig("check");
  EXPECT_TRUE(outcome.out.starts_with(main_file() + ": ")) << outcome.out;
  EXPECT_TRUE(outcome.out.ends_with("\n1 problem\n")) << outcome.out;
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(ConfigCommandTest, DefaultFileMayBeMissing) {
  std::ostringstream out;
  std::ostringstream err;
  const Context context{run_dir(), kNow, out, err};
  EXPECT_EQ(RunConfigCheck(context, {.main = main_file(), .must_exist = false}), 0);
  EXPECT_EQ(out.str(), "ok: 0 files, 0 options set, the rest are defaults\n");
}

TEST_F(ConfigCommandTest, WhatAFileContainsCannotSteerTheTerminal) {
  WriteMain("[check]\n\"inter\\u001b[2Jval\\u202e\" = 1\n[paths]\ninclude = [\"\\u009b=*\"]\n");
  const Outcome outcome = RunConfig("check");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.out.find("2 problems\n"), std::string::npos) << outcome.out;
  for (const char* harmful : {"\x1b", "\xe2\x80\xae", "\xc2\x9b"}) {
    EXPECT_EQ(outcome.out.find(harmful), std::string::npos) << outcome.out;
  }
}

TEST_F(ConfigCommandTest, OneOfItsCommandsIsNeeded) {
  EXPECT_EQ(Run({"config"}).code, 64);
  EXPECT_EQ(Run({"config", "chekc"}).code, 64);
  EXPECT_EQ(Run({"config", "check", "show"}).code, 64);
  EXPECT_EQ(Run({"config", "check", "--config"}).code, 64);
}

TEST_F(ConfigCommandTest, HelpSaysThatTheCommandLineOfTheDaemonWins) {
  for (const std::string command : {"show", "check"}) {
    const Outcome outcome = Run({"config", command, "--help"});
    EXPECT_EQ(outcome.code, 0);
    for (const char* expected : {"--config FILE", "/etc/pathwatch/pathwatch.toml", "Exit codes:",
                                 "Options on pathwatchd's command line win over files"}) {
      EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected;
    }
  }
}

}  // namespace
}  // namespace pathwatch::cli
