#include "service/cli/command_line.h"

#include <sstream>
#include <string>

#include "service/version.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

class CommandLineTest : public PublishedStateTest {};

TEST_F(CommandLineTest, Version) {
  const Outcome outcome = Run({"--version"});
  EXPECT_EQ(outcome.out, "pathwatch " + std::string(kVersion) + "\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(CommandLineTest, HelpNamesCommandsAndExitCodes) {
  const Outcome outcome = Run({"--help"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
  for (const char* expected :
       {"--run-dir DIR", "paths", "status", "luns", "nexuses", "explain", "watch", "probe",
        "accept-identity", "doctor", "config", "top", "dump", "Exit codes:"}) {
    EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected;
  }
}

TEST_F(CommandLineTest, HelpOfACommandNamesItsOptions) {
  const Outcome outcome = Run({"paths", "--help"});
  EXPECT_EQ(outcome.code, 0);
  for (const char* expected : {"PATH", "--json", "--format TEXT", "--state STATE", "--lun WWID",
                               "--nexus H:C:T", "--host HOST"}) {
    EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected;
  }
}

TEST_F(CommandLineTest, CommandIsMissing) {
  const Outcome outcome = Run({});
  EXPECT_EQ(outcome.err, "pathwatch: A subcommand is required\nSee pathwatch --help.\n");
  EXPECT_EQ(outcome.code, 64);
}

TEST_F(CommandLineTest, UnknownOption) {
  const Outcome outcome = Run({"status", "--colour"});
  EXPECT_EQ(outcome.err,
            "pathwatch: The following argument was not expected: --colour\n"
            "See pathwatch --help.\n");
  EXPECT_EQ(outcome.code, 64);
}

TEST_F(CommandLineTest, UnknownStateIsAnsweredWithAllStates) {
  const Outcome outcome = Run({"paths", "--state", "dead"});
  EXPECT_EQ(outcome.err,
            "pathwatch: --state: no state dead; there are: unknown, up, ghost, transitioning, "
            "unavailable, down, no_answer, unmapped, wrong_lu, removed\n"
            "See pathwatch --help.\n");
  EXPECT_EQ(outcome.code, 64);
}

TEST_F(CommandLineTest, ProbeNeedsAPath) {
  const Outcome outcome = Run({"probe"});
  EXPECT_EQ(outcome.err, "pathwatch: PATH is required\nSee pathwatch --help.\n");
  EXPECT_EQ(outcome.code, 64);
}

TEST_F(CommandLineTest, ExplainAndAcceptIdentityNeedOnePath) {
  const std::string sentence = "pathwatch: PATH is required\nSee pathwatch --help.\n";
  EXPECT_EQ(Run({"explain"}).err, sentence);
  EXPECT_EQ(Run({"accept-identity"}).err, sentence);
  EXPECT_EQ(Run({"accept-identity", "sda", "sdb"}).code, 64);
  EXPECT_EQ(Run({"explain", "sda", "sdb"}).code, 64);
}

TEST_F(CommandLineTest, NumbersOfWatchAreNumbers) {
  EXPECT_EQ(Run({"watch", "--last", "many"}).err,
            "pathwatch: --last: many is not a whole number\nSee pathwatch --help.\n");
  EXPECT_EQ(Run({"watch", "--last", "-1"}).code, 64);
  EXPECT_EQ(Run({"watch", "--seconds", "1.5"}).code, 64);
}

TEST_F(CommandLineTest, IntervalOfTopIsAnHourAtMost) {
  EXPECT_EQ(Run({"top", "--interval", "0"}).err,
            "pathwatch: --interval: 0 is not a whole number of seconds from 1 to 3600\n"
            "See pathwatch --help.\n");
  EXPECT_EQ(Run({"top", "--interval", "3601"}).code, 64);
  EXPECT_EQ(Run({"top", "--interval", "soon"}).code, 64);
}

TEST_F(CommandLineTest, WatchEndsAtOnceAfterNoSeconds) {
  Publish({UpPath(3, 1, "sda")});
  EXPECT_EQ(Run({"watch", "--seconds", "0", "--json"}).code, 0);
}

TEST_F(CommandLineTest, RunDirMayFollowTheCommand) {
  std::ostringstream out;
  std::ostringstream err;
  const char* argv[] = {"pathwatch", "paths", "--run-dir", "/nowhere"};
  EXPECT_EQ(RunCommandLine(4, argv, kNow, out, err), 3);
  EXPECT_EQ(err.str(),
            "pathwatch: /nowhere/state: there is no state file: start pathwatchd, or name its "
            "--run-dir\n");
}

}  // namespace
}  // namespace pathwatch::cli
