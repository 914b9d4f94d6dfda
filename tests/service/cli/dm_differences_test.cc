#include "service/cli/dm_differences.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/checker/state_names.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

MultipathdView Answered(const std::string& state, const std::string& checker = "pathwatch") {
  MultipathdView view = {.runs = true, .answered = true, .paths = {}};
  view.paths["sdc"] = {.hctl = "3:0:0:1", .dm_state = "active", .state = state, .checker = checker};
  return view;
}

pw_path_record Path(pw_state state) { return PathInState(3, 1, "sdc", state); }

// The reason; "" if there is no difference.
std::string Reason(const pw_path_record& path, const std::string& dm_state,
                   const MultipathdView& multipathd, bool stale = false) {
  const auto difference = DifferenceOf({.path = path,
                                        .dm_state = dm_state,
                                        .multipathd = multipathd,
                                        .stale = stale,
                                        .boot_now_ns = kNow.boot_now_ns});
  return difference ? difference->reason : "";
}

std::string Reason(pw_state state, const std::string& dm_state, const std::string& multipathd) {
  return Reason(Path(state), dm_state, Answered(multipathd));
}

TEST(DmDifferencesTest, ThreeThatAgreeAreNoDifference) {
  EXPECT_EQ(Reason(PW_STATE_UP, "active", "ready"), "");
  EXPECT_EQ(Reason(PW_STATE_GHOST, "active", "ghost"), "");
  EXPECT_EQ(Reason(PW_STATE_DOWN, "failed", "faulty"), "");
  EXPECT_EQ(Reason(PW_STATE_UNMAPPED, "failed", "disconnected"), "");
  EXPECT_EQ(Reason(PW_STATE_NO_ANSWER, "failed", "i/o timeout"), "");
}

TEST(DmDifferencesTest, WhatIsNotKnownIsNoDifference) {
  EXPECT_EQ(Reason(Path(PW_STATE_UP), "undef", MultipathdView()), "");
  EXPECT_EQ(Reason(Path(PW_STATE_DOWN), "undef", MultipathdView()), "");
  EXPECT_EQ(Reason(PW_STATE_UP, "active", "i/o pending"), "");
}

TEST(DmDifferencesTest, StatesWithoutALastingOpinionAreNone) {
  for (const pw_state state : {PW_STATE_UNKNOWN, PW_STATE_TRANSITIONING, PW_STATE_REMOVED}) {
    EXPECT_EQ(Reason(state, "failed", "faulty"), "") << pw_state_name(state);
    EXPECT_EQ(Reason(state, "active", "ready"), "") << pw_state_name(state);
  }
}

TEST(DmDifferencesTest, EveryUnusableStateDiffersFromActive) {
  for (const pw_state state : {PW_STATE_UNAVAILABLE, PW_STATE_DOWN, PW_STATE_NO_ANSWER,
                               PW_STATE_UNMAPPED, PW_STATE_WRONG_LU}) {
    EXPECT_NE(Reason(state, "active", "ready"), "") << pw_state_name(state);
  }
}

TEST(DmDifferencesTest, PathThatDmHasFailedAndWasNotCheckedSince) {
  pw_path_record path = Path(PW_STATE_UP);
  path.flags |= PW_PATH_UNCONFIRMED;
  EXPECT_EQ(Reason(path, "failed", Answered("faulty")),
            "dm failed it after its last check, and no check has confirmed it since");
}

TEST(DmDifferencesTest, PathThatWasCheckedAgainSinceDmFailedIt) {
  EXPECT_EQ(Reason(PW_STATE_UP, "failed", "faulty"),
            "checked again since dm failed it; multipathd's next check brings it back");
  EXPECT_EQ(Reason(PW_STATE_GHOST, "failed", "i/o pending"),
            "checked again since dm failed it; multipathd's next check brings it back");
  EXPECT_EQ(Reason(PW_STATE_UP, "failed", "ready"),
            "dm failed it since multipathd asked; its next check brings it back");
}

TEST(DmDifferencesTest, MultipathdThatHasNotAskedSince) {
  EXPECT_EQ(Reason(PW_STATE_GHOST, "active", "ready"),
            "multipathd has not asked since, and will with its next check");
  EXPECT_EQ(Reason(PW_STATE_DOWN, "failed", "ready"),
            "multipathd has not asked since, and will with its next check");
  EXPECT_EQ(Reason(PW_STATE_DOWN, "active", "ready"),
            "nothing was sent through it since, and multipathd has not asked yet");
}

TEST(DmDifferencesTest, CommandThatIsOutHasTheTimeOfTheChecker) {
  EXPECT_EQ(Reason(PW_STATE_NO_ANSWER, "active", "ready"),
            "multipathd waits for the command until the time of its checker is over");
  EXPECT_EQ(Reason(PW_STATE_NO_ANSWER, "active", "i/o pending"),
            "multipathd waits for the command until the time of its checker is over");
}

TEST(DmDifferencesTest, CheckThatIsTooOldIsNotTaken) {
  pw_path_record path = Path(PW_STATE_UP);
  path.valid_until_boottime_ns = Ago(kSecond);
  EXPECT_EQ(Reason(path, "failed", Answered("faulty")),
            "its last check is too old, and so multipathd waits for the next one");
}

TEST(DmDifferencesTest, OtherCheckerIsNamed) {
  EXPECT_EQ(Reason(Path(PW_STATE_DOWN), "active", Answered("ready", "tur")),
            "multipathd checks it itself, with tur");
  EXPECT_EQ(Reason(Path(PW_STATE_DOWN), "active", Answered("ready", "")),
            "nothing was sent through it since, and multipathd has not asked yet");
}

TEST(DmDifferencesTest, CheckerThatIsMissingIsADifferenceByItself) {
  EXPECT_EQ(Reason(Path(PW_STATE_UP), "active", Answered("undef", "")),
            "multipathd has no state of it: its checker is not installed, or has not run yet");
}

TEST(DmDifferencesTest, MultipathdThatIsNotThereOrCouldNotBeAsked) {
  EXPECT_EQ(Reason(Path(PW_STATE_DOWN), "active", MultipathdView()),
            "multipathd does not run, and nobody else tells dm");
  EXPECT_EQ(Reason(Path(PW_STATE_UP), "failed", {.runs = true, .answered = false, .paths = {}}),
            "multipathd could not be asked");
}

TEST(DmDifferencesTest, PathThatMultipathdKnowsUnderAnotherAddressIsAnotherPath) {
  MultipathdView view = Answered("ready");
  view.paths["sdc"].hctl = "9:0:0:1";
  EXPECT_EQ(Reason(Path(PW_STATE_DOWN), "active", view), "multipathd does not know it");
}

TEST(DmDifferencesTest, PathThatMultipathdHoldsBack) {
  EXPECT_EQ(Reason(PW_STATE_UP, "failed", "delayed"),
            "multipathd holds it back because it has failed so often");
}

TEST(DmDifferencesTest, DaemonThatDoesNotAnswerLeavesMultipathdToItself) {
  EXPECT_EQ(Reason(Path(PW_STATE_DOWN), "active", Answered("ready"), /*stale=*/true),
            "pathwatchd does not answer, and so multipathd checks it itself");
}

TEST(DmDifferencesTest, WhereDmCannotBeAskedMultipathdsWordForItCounts) {
  const pw_path_record path = Path(PW_STATE_DOWN);
  const auto difference = DifferenceOf({.path = path,
                                        .dm_state = "undef",
                                        .multipathd = Answered("faulty"),
                                        .stale = false,
                                        .boot_now_ns = kNow.boot_now_ns});
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->dm_state, "active");
  EXPECT_EQ(difference->reason, "multipathd has failed it, which dm has not taken");
}

TEST(DmDifferencesTest, NotesNamePathsOfWhichTheSameIsTrueTogether) {
  std::vector<pw_path_record> paths;
  for (const char* device : {"sda", "sdb", "", "sdd", "sde", "sdf"}) {
    paths.push_back(PathInState(3, 1, "sdx", PW_STATE_DOWN));
    SetText(paths.back().sd_name, device);
  }
  const pw_path_record up = Path(PW_STATE_UP);
  std::vector<Difference> differences;
  for (const pw_path_record& path : paths) differences.push_back({&path, "active", "", "so it is"});
  differences.push_back({&up, "failed", "faulty", "so it is too"});
  const std::vector<std::string> notes = DifferenceNotes(differences);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0], "sda, sdb, 3:0:0:1, sdd and 2 more: pathwatch down, dm active: so it is");
  EXPECT_EQ(notes[1], "sdc: pathwatch up, dm failed, multipathd faulty: so it is too");
}

}  // namespace
}  // namespace pathwatch::cli
