#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/metrics/published.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

using Names = std::vector<std::string>;

const Names kWithoutState = {
    "pathwatch_exporter_build_info",
    "pathwatch_exporter_per_path_info",
    "pathwatch_exporter_collect_duration_seconds",
    "pathwatch_state_readable",
    "pathwatch_state_problem_info",
};
const Names kWithHeaderOnly = {
    "pathwatch_exporter_build_info",
    "pathwatch_exporter_per_path_info",
    "pathwatch_exporter_collect_duration_seconds",
    "pathwatch_state_readable",
    "pathwatch_state_problem_info",
    "pathwatch_state_age_seconds",
    "pathwatch_build_info",
    "pathwatch_start_time_seconds",
    "pathwatch_loop_heartbeat_timestamp_seconds",
};

class ProblemTest : public PublishedTest {
 protected:
  ProblemTest() { WriteSampleFabric(file()); }

  void ExpectProblem(const std::string& word, const Names& names = kWithoutState) {
    const Collected collected = Collect();
    EXPECT_EQ(collected.names(), names);
    EXPECT_EQ(collected.value(kStateReadable), 0);
    EXPECT_EQ(collected.series(kStateProblem), Names{word});
  }
};

TEST_F(ProblemTest, NothingIsWrongWithAStateThatCanBeRead) {
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kStateReadable), 1);
  EXPECT_EQ(collected.count(kStateProblem), 0U);
  EXPECT_EQ(collected.value(kStateAge), 0);
  EXPECT_EQ(collected.value(kStateRecordsSkipped), 0);
}

TEST_F(ProblemTest, NoFile) {
  ASSERT_EQ(unlink(state().c_str()), 0);
  ExpectProblem("no_file");
}

TEST_F(ProblemTest, FileThatMayNotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  ASSERT_EQ(chmod(state().c_str(), 0), 0);
  ExpectProblem("not_allowed");
}

TEST_F(ProblemTest, FileThatOthersMayWrite) {
  ASSERT_EQ(chmod(state().c_str(), 0666), 0);
  ExpectProblem("untrusted");
}

TEST_F(ProblemTest, SomethingElseThanAFile) {
  ASSERT_EQ(unlink(state().c_str()), 0);
  ASSERT_EQ(mkfifo(state().c_str(), 0600), 0);
  ExpectProblem("untrusted");
}

TEST_F(ProblemTest, FileThatWasCut) {
  ASSERT_EQ(truncate(state().c_str(), 4096), 0);
  ExpectProblem("damaged");
}

TEST_F(ProblemTest, FileOfSomebodyElse) {
  publish::WriteBytes(state(), std::vector<std::uint8_t>(4096, 'x'));
  ExpectProblem("damaged");
}

TEST_F(ProblemTest, DamagedHeader) {
  Edit([](auto& bytes) { publish::HeaderIn(bytes).epoch++; });
  ExpectProblem("damaged");
}

TEST_F(ProblemTest, DamagedHeaderOfAFileThatIsOpenAlready) {
  const StateCollector collector(OptionsFor(state()));
  EXPECT_EQ(Collected(collector.Collect()).value(kStateReadable), 1);
  const int file = open(state().c_str(), O_WRONLY);
  ASSERT_EQ(pwrite(file, "x", 1, offsetof(pw_header, epoch)), 1);
  close(file);
  const Collected collected(collector.Collect());
  EXPECT_EQ(collected.names(), kWithoutState);
  EXPECT_EQ(collected.series(kStateProblem), Names{"damaged"});
}

TEST_F(ProblemTest, OtherMajorVersion) {
  Edit([](auto& bytes) {
    publish::HeaderIn(bytes).version_major++;
    publish::SealHeader(bytes);
  });
  ExpectProblem("other_version");
}

TEST_F(ProblemTest, DirectoryThatIsNone) {
  const std::string under_a_file = state() + "/state";
  const Collected collected(OptionsFor(under_a_file));
  EXPECT_EQ(collected.series(kStateProblem), Names{"no_file"});
}

TEST_F(ProblemTest, HeartbeatThatIsTooOldLeavesWhatTheHeaderSays) {
  file().Heartbeat(Ago(10 * kSecond + 1));
  ExpectProblem("stale", kWithHeaderOnly);
  const Collected collected = Collect();
  EXPECT_DOUBLE_EQ(*collected.value(kStateAge), 10.000000001);
  EXPECT_EQ(collected.value(kBuildInfo, "1.2.3"), 1);
  EXPECT_EQ(collected.value(kHeartbeat), 1'795'336'275.5);
}

TEST_F(ProblemTest, HeartbeatThatIsNotQuiteTooOldIsGood) {
  file().Heartbeat(Ago(10 * kSecond));
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kStateReadable), 1);
  EXPECT_EQ(collected.value(kStateAge), 10);
  EXPECT_EQ(collected.count(kPathUp), 10U);
}

TEST_F(ProblemTest, HeartbeatThatComesBackEndsIt) {
  const StateCollector collector(OptionsFor(state()));
  file().Heartbeat(Ago(60 * kSecond));
  EXPECT_EQ(Collected(collector.Collect()).value(kStateReadable), 0);
  file().Heartbeat(publish::kNow);
  EXPECT_EQ(Collected(collector.Collect()).value(kStateReadable), 1);
}

TEST_F(ProblemTest, FileThatWasMovedAwayAndReplacedIsLeftAtOnce) {
  const StateCollector collector(OptionsFor(state()));
  file().Heartbeat(Ago(60 * kSecond));
  std::filesystem::rename(state(), run_dir() + "/aside");
  std::filesystem::copy(run_dir() + "/aside", state());
  Edit([](auto& bytes) { publish::HeaderIn(bytes).heartbeat_boottime_ns = publish::kNow; });
  EXPECT_EQ(Collected(collector.Collect()).value(kStateReadable), 1);
}

TEST_F(ProblemTest, DamagedRecordsAreSkippedAndCounted) {
  Edit([](auto& bytes) {
    publish::RecordIn(bytes, PW_SECTION_PATHS, 0)[200] ^= 1;
    publish::RecordIn(bytes, PW_SECTION_LUNS, 2)[200] ^= 1;
  });
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kStateReadable), 1);
  EXPECT_EQ(collected.value(kStateRecordsSkipped), 2);
  EXPECT_EQ(collected.value(kPaths, "up"), 0);
  EXPECT_EQ(collected.count(kPathUp), 9U);
  EXPECT_EQ(collected.count(kLunInfo), 3U);
}

TEST_F(ProblemTest, UnfinishedRecordIsSkippedAndCounted) {
  Edit([](auto& bytes) { publish::RecordIn(bytes, PW_SECTION_NEXUSES, 4)[0] ^= 1; });
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kStateRecordsSkipped), 1);
  EXPECT_EQ(collected.count(kTargetInfo), 3U);
  // Its path is told all the same, by its numbers.
  EXPECT_EQ(collected.value(kPathInfo, "5:0:0:0 sdf0 5:0:0:0 host5 5:0:0 0 other 1 2"), 1);
}

TEST_F(ProblemTest, DamagedCountersAreLeftOut) {
  Edit([](auto& bytes) { publish::RecordIn(bytes, PW_SECTION_COUNTERS, 0)[100] ^= 1; });
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kStateReadable), 1);
  EXPECT_EQ(collected.value(kStateRecordsSkipped), 1);
  EXPECT_EQ(collected.value(kBuildInfo, "1.2.3"), 1);
  EXPECT_EQ(collected.value(kPaths, "up"), 1);
  for (const MetricId id : {kLoopLag, kLoopTurns, kChecks, kReloadSuccessful, kWatchers}) {
    EXPECT_EQ(collected.count(id), 0U) << Describe(id).name;
  }
}

TEST_F(ProblemTest, FileThatIsReplacedBetweenCollectionsIsFollowed) {
  const StateCollector collector(OptionsFor(state()));
  EXPECT_EQ(Collected(collector.Collect()).value(kPaths, "up"), 1);
  // Beyond the capacity: a bigger file takes the name, and this one is superseded.
  Put(SampleCapacities().paths, PathAt(7, 0, 0));
  EXPECT_EQ(Collected(collector.Collect()).value(kPaths, "up"), 2);
}

}  // namespace
}  // namespace pathwatch::metrics
