#include <gtest/gtest.h>

#include "tests/metrics/published.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

using Names = std::vector<std::string>;

class PerPathTest : public PublishedTest {
 protected:
  pw_path_record Unusable(std::uint64_t lun, pw_state state) {
    pw_path_record path = PathAt(3, 0, lun);
    path.state = static_cast<std::uint8_t>(state);
    return path;
  }
  void PutChange(std::uint32_t slot, pw_state from, pw_state to, std::int64_t age_ns) {
    pw_change change = publish::SampleChange(0, to);
    change.from = static_cast<std::uint8_t>(from);
    change.when_boottime_ns = Ago(age_ns);
    ASSERT_TRUE(file().AppendHistory(slot, 100, change).ok());
  }
  // A path that is well, in its state since so long.
  void PutSettled(std::uint32_t slot, std::int64_t age_ns) {
    pw_path_record path = PathAt(3, 0, slot);
    path.since_boottime_ns = Ago(age_ns);
    Put(slot, path);
  }
};

TEST_F(PerPathTest, AllPathsAreTold) {
  Put(0, PathAt(3, 0, 0));
  Put(1, Unusable(1, PW_STATE_DOWN));
  Put(2, Unusable(2, PW_STATE_REMOVED));
  const Collected collected = Collect(PerPath::kAll);
  EXPECT_EQ(collected.series(kExporterPerPath), Names{"all"});
  EXPECT_EQ(collected.series(kPathUp), (Names{"3:0:0:0", "3:0:0:1", "3:0:0:2"}));
  EXPECT_EQ(collected.series(kPathState), (Names{"3:0:0:0 up", "3:0:0:1 down", "3:0:0:2 removed"}));
}

TEST_F(PerPathTest, NoPathIsTold) {
  Put(0, Unusable(0, PW_STATE_DOWN));
  const Collected collected = Collect(PerPath::kNone);
  EXPECT_EQ(collected.series(kExporterPerPath), Names{"none"});
  EXPECT_EQ(collected.value(kPaths, "down"), 1);
  for (const MetricDescription& metric : Catalogue()) {
    if (metric.group != MetricGroup::kPath) continue;
    EXPECT_EQ(collected.count(metric.id), 0U) << metric.name;
  }
}

TEST_F(PerPathTest, OnlyPathsWithAProblemAreTold) {
  Put(0, PathAt(3, 0, 0));
  Put(1, Unusable(1, PW_STATE_GHOST));
  for (const pw_state state :
       {PW_STATE_UNKNOWN, PW_STATE_TRANSITIONING, PW_STATE_UNAVAILABLE, PW_STATE_DOWN,
        PW_STATE_NO_ANSWER, PW_STATE_UNMAPPED, PW_STATE_WRONG_LU, PW_STATE_REMOVED}) {
    Put(2 + state, Unusable(2 + state, state));
  }
  pw_path_record path = PathAt(3, 0, 20);
  path.flags |= PW_PATH_UNCONFIRMED;
  Put(12, path);
  path = PathAt(3, 0, 21);
  path.valid_until_boottime_ns = Ago(1);
  Put(13, path);
  const Collected collected = Collect(PerPath::kProblem);
  EXPECT_EQ(collected.series(kExporterPerPath), Names{"problem"});
  EXPECT_EQ(collected.series(kPathUp),
            (Names{"3:0:0:2", "3:0:0:5", "3:0:0:6", "3:0:0:7", "3:0:0:8", "3:0:0:9", "3:0:0:10",
                   "3:0:0:11", "3:0:0:20", "3:0:0:21"}));
}

TEST_F(PerPathTest, PathThatWasNotWellWithinTheHourIsAProblem) {
  constexpr std::int64_t kHour = 3'600 * kSecond;
  pw_path_record path = PathAt(3, 0, 0);
  path.since_boottime_ns = publish::kNow;
  path.valid_until_boottime_ns = publish::kNow + 2 * kHour;
  Put(0, path);
  PutChange(0, PW_STATE_DOWN, PW_STATE_UP, 0);
  file().Heartbeat(publish::kNow + kHour);
  CollectorOptions options = OptionsFor(state(), PerPath::kProblem);
  options.now = [] { return Moment{publish::kNow + kHour, kMoment.realtime_ns + kHour}; };
  EXPECT_EQ(Collected(options).series(kPathUp), Names{"3:0:0:0"});
  options.now = [] { return Moment{publish::kNow + kHour + 1, kMoment.realtime_ns + kHour}; };
  EXPECT_EQ(Collected(options).count(kPathUp), 0U);
}

TEST_F(PerPathTest, FirstVerdictAboutAPathIsNoChange) {
  PutSettled(0, 60 * kSecond);
  PutChange(0, PW_STATE_UNKNOWN, PW_STATE_UP, 60 * kSecond);
  PutSettled(1, 60 * kSecond);  // without a history
  EXPECT_EQ(Collect(PerPath::kProblem).count(kPathUp), 0U);
}

TEST_F(PerPathTest, PathThatHasComeBackIsAProblem) {
  PutSettled(0, 59 * kSecond);
  PutChange(0, PW_STATE_UP, PW_STATE_REMOVED, 90 * kSecond);
  PutChange(0, PW_STATE_REMOVED, PW_STATE_UNKNOWN, 60 * kSecond);
  PutChange(0, PW_STATE_UNKNOWN, PW_STATE_UP, 59 * kSecond);
  EXPECT_EQ(Collect(PerPath::kProblem).series(kPathUp), Names{"3:0:0:0"});
}

TEST_F(PerPathTest, AutoTellsAllUpToTheLimitWithoutRemovedOnes) {
  Put(0, PathAt(3, 0, 0));
  Put(1, PathAt(3, 0, 1));
  Put(2, Unusable(2, PW_STATE_REMOVED));
  CollectorOptions options = OptionsFor(state(), PerPath::kAuto);
  options.all_paths_max = 2;
  const Collected within(options);
  EXPECT_EQ(within.series(kExporterPerPath), Names{"all"});
  EXPECT_EQ(within.count(kPathUp), 3U);
  options.all_paths_max = 1;
  const Collected beyond(options);
  EXPECT_EQ(beyond.series(kExporterPerPath), Names{"problem"});
  EXPECT_EQ(beyond.series(kPathUp), Names{"3:0:0:2"});
}

TEST_F(PerPathTest, PathThatNobodyExpectsAnAnswerFromIsNotStale) {
  pw_path_record path = Unusable(0, PW_STATE_NO_ANSWER);
  path.valid_until_boottime_ns = INT64_MAX;
  Put(0, path);
  path = Unusable(1, PW_STATE_UNKNOWN);
  path.valid_until_boottime_ns = 0;
  Put(1, path);
  path = Unusable(2, PW_STATE_REMOVED);
  path.valid_until_boottime_ns = Ago(kSecond);
  Put(2, path);
  EXPECT_EQ(Collect().value(kStalePaths), 0);
  path.state = PW_STATE_UP;
  Put(2, path);
  EXPECT_EQ(Collect().value(kStalePaths), 1);
}

}  // namespace
}  // namespace pathwatch::metrics
