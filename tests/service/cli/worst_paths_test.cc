#include "service/cli/worst_paths.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

present::Summary SummaryOf(const StateView& view) {
  return Summarize(view, kNow.boot_now_ns).summary();
}

std::vector<const pw_path_record*> WorstOf(const StateView& view) {
  return WorstPaths(view, Summarize(view, kNow.boot_now_ns), kNow.boot_now_ns);
}

StateView ViewOf(std::vector<pw_path_record> paths) {
  StateView view;
  view.paths = std::move(paths);
  return view;
}

// "degraded/no_path of luns"
std::string LunsOf(std::vector<pw_path_record> paths) {
  const StateView view = ViewOf(std::move(paths));
  const present::Summary summary = SummaryOf(view);
  return std::to_string(summary.degraded) + "/" + std::to_string(summary.no_path) + " of " +
         std::to_string(summary.luns);
}

TEST(WorstPathsTest, NothingPublishedIsNothingWrong) { EXPECT_EQ(LunsOf({}), "0/0 of 0"); }

TEST(WorstPathsTest, UpAndGhostAreUsable) {
  EXPECT_EQ(LunsOf({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_GHOST)}), "0/0 of 1");
}

TEST(WorstPathsTest, LunWithSomePathsUsableIsDegraded) {
  EXPECT_EQ(LunsOf({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_NO_ANSWER),
                    UpPath(3, 2, "sdc"), UpPath(4, 2, "sdd")}),
            "1/0 of 2");
}

TEST(WorstPathsTest, LunWithoutUsablePathCountsOnlyAsThat) {
  EXPECT_EQ(LunsOf({PathInState(3, 1, "sda", PW_STATE_TRANSITIONING),
                    PathInState(4, 1, "sdb", PW_STATE_DOWN), UpPath(3, 2, "sdc")}),
            "0/1 of 2");
}

// The same, where logical unit 1 expects so many paths.
std::string LunsExpecting(std::uint32_t expected, std::vector<pw_path_record> paths) {
  StateView view = ViewOf(std::move(paths));
  view.luns.resize(2);
  view.luns[1].head.in_use = 1;
  view.luns[1].paths_expected = expected;
  const present::Summary summary = SummaryOf(view);
  return std::to_string(summary.degraded) + "/" + std::to_string(summary.no_path) + " of " +
         std::to_string(summary.luns);
}

TEST(WorstPathsTest, LunWithFewerPathsThanItExpectsIsDegraded) {
  EXPECT_EQ(LunsExpecting(2, {UpPath(3, 1, "sda"), UpPath(4, 1, "sdb")}), "0/0 of 1");
  EXPECT_EQ(LunsExpecting(2, {UpPath(3, 1, "sda")}), "1/0 of 1");
  EXPECT_EQ(LunsExpecting(2, {UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_REMOVED)}),
            "1/0 of 1");
}

TEST(WorstPathsTest, LunWhoseDevicesAreAllGoneIsWithoutPathAsLongAsSomeAreExpected) {
  const std::vector<pw_path_record> gone = {PathInState(3, 1, "sda", PW_STATE_REMOVED),
                                            PathInState(4, 1, "sdb", PW_STATE_REMOVED)};
  EXPECT_EQ(LunsExpecting(2, gone), "0/1 of 1");
  EXPECT_EQ(LunsExpecting(0, gone), "0/0 of 0");
}

TEST(WorstPathsTest, MorePathsThanExpectedAreNoFault) {
  EXPECT_EQ(LunsExpecting(1, {UpPath(3, 1, "sda"), UpPath(4, 1, "sdb")}), "0/0 of 1");
}

TEST(WorstPathsTest, EveryOtherStateIsNotUsable) {
  for (const pw_state state : {PW_STATE_TRANSITIONING, PW_STATE_UNAVAILABLE, PW_STATE_DOWN,
                               PW_STATE_NO_ANSWER, PW_STATE_UNMAPPED, PW_STATE_WRONG_LU}) {
    EXPECT_EQ(LunsOf({PathInState(3, 1, "sda", state)}), "0/1 of 1") << "state " << state;
  }
}

TEST(WorstPathsTest, UnknownCountsAsNeitherSoonAfterDiscovery) {
  EXPECT_EQ(LunsOf({UncheckedPath(3, 1, "sda", 10 * kSecond)}), "0/0 of 1");
  EXPECT_EQ(LunsOf({UpPath(3, 1, "sda"), UncheckedPath(4, 1, "sdb", 10 * kSecond)}), "0/0 of 1");
}

TEST(WorstPathsTest, UnknownForLongerIsNotUsable) {
  EXPECT_EQ(LunsOf({UncheckedPath(3, 1, "sda", 10 * kSecond + 1)}), "0/1 of 1");
  EXPECT_EQ(LunsOf({UpPath(3, 1, "sda"), UncheckedPath(4, 1, "sdb", 11 * kSecond)}), "1/0 of 1");
}

TEST(WorstPathsTest, LunWhoseOtherPathsAreNotYetKnownIsOnlyDegraded) {
  EXPECT_EQ(LunsOf({PathInState(3, 1, "sda", PW_STATE_DOWN), UncheckedPath(4, 1, "sdb", kSecond)}),
            "1/0 of 1");
}

TEST(WorstPathsTest, UnknownWithAnUnsetTimeIsNotUsable) {
  pw_path_record path = UncheckedPath(3, 1, "sda", 0);
  path.since_boottime_ns = 0;
  EXPECT_EQ(present::StandingOf(path, kNow.boot_now_ns), present::Standing::kNotUsable);
}

TEST(WorstPathsTest, GraceFollowsTheValidityOfTheLastCheck) {
  pw_path_record path = UncheckedPath(3, 1, "sda", 20 * kSecond);
  EXPECT_EQ(present::UnknownGraceNs(path), 10 * kSecond);
  path.last_check_done_boottime_ns = Ago(15 * kSecond);
  EXPECT_EQ(present::UnknownGraceNs(path), 10 * kSecond);  // nothing says until when it is good
  path.valid_until_boottime_ns = path.last_check_done_boottime_ns + 25 * kSecond;
  EXPECT_EQ(present::UnknownGraceNs(path), 25 * kSecond);
  EXPECT_EQ(present::StandingOf(path, kNow.boot_now_ns), present::Standing::kNotYetKnown);
}

TEST(WorstPathsTest, RemovedPathsAreOnlyCountedAsRemoved) {
  const StateView view = ViewOf({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_REMOVED),
                                 PathInState(3, 2, "sdc", PW_STATE_REMOVED)});
  const present::Summary summary = SummaryOf(view);
  EXPECT_EQ(summary.paths, 1u);
  EXPECT_EQ(summary.by_state[PW_STATE_UP], 1u);
  EXPECT_EQ(summary.by_state[PW_STATE_REMOVED], 2u);
  EXPECT_EQ(summary.by_passthrough[PW_PASSTHROUGH_SG_ASYNC], 1u);
  EXPECT_EQ(summary.luns, 1u);
  EXPECT_EQ(summary.degraded, 0u);
  EXPECT_TRUE(WorstOf(view).empty());
}

TEST(WorstPathsTest, PathsWithoutALunRecordAreLunsOfTheirOwn) {
  pw_path_record first = PathInState(3, 1, "sda", PW_STATE_DOWN);
  pw_path_record second = UpPath(4, 1, "sdb");
  first.lun_index = PW_NO_INDEX;
  second.lun_index = PW_NO_INDEX;
  EXPECT_EQ(LunsOf({first, second}), "0/1 of 2");
}

TEST(WorstPathsTest, StateOfANewerMinorCountsAsUnknownAndNotUsable) {
  pw_path_record path = UpPath(3, 1, "sda");
  path.state = 77;
  path.passthrough = 9;
  const StateView view = ViewOf({path});
  const present::Summary summary = SummaryOf(view);
  EXPECT_EQ(summary.by_state[PW_STATE_UNKNOWN], 1u);
  EXPECT_EQ(summary.no_path, 1u);
}

TEST(WorstPathsTest, WorstPathsBeginWithLunsThatLostAll) {
  const StateView view = ViewOf({
      UpPath(3, 1, "sda"),
      PathInState(4, 1, "sdb", PW_STATE_WRONG_LU),
      PathInState(3, 2, "sdc", PW_STATE_TRANSITIONING),
      PathInState(4, 2, "sdd", PW_STATE_DOWN),
      UpPath(3, 3, "sde"),
      PathInState(4, 3, "sdf", PW_STATE_NO_ANSWER),
  });
  std::string devices;
  for (const pw_path_record* path : WorstOf(view)) devices += path->sd_name + std::string(" ");
  EXPECT_EQ(devices, "sdd sdc sdb sdf ");
}

}  // namespace
}  // namespace pathwatch::cli
