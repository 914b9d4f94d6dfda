#include <filesystem>
#include <string>

#include "service/cli/top/state_feed.h"
#include "tests/service/cli/change_log.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::top {
namespace {

using cli::Ago;
using cli::kNow;
using cli::kSecond;

class TopStateFeedTest : public cli::PublishedStateTest {
 protected:
  void Open() {
    auto feed = StateFeed::Open(run_dir());
    ASSERT_TRUE(feed.ok()) << feed.status();
    feed_ = *std::move(feed);
    Refresh();
  }

  void Refresh(std::int64_t later_ns = 0, const std::vector<std::uint32_t>& shown = {}) {
    feed_->Refresh({kNow.boot_now_ns + later_ns, kNow.wall_now_ns + later_ns}, shown);
  }

  const Snapshot& snapshot() const { return feed_->snapshot(); }

  std::unique_ptr<StateFeed> feed_;
};

TEST_F(TopStateFeedTest, FirstLookTakesEverything) {
  Publish({cli::UpPath(3, 1, "sda"), cli::PathInState(4, 1, "sdb", PW_STATE_DOWN)});
  Open();
  ASSERT_GE(snapshot().paths.size(), 2U);
  EXPECT_STREQ(snapshot().paths[1].sd_name, "sdb");
  EXPECT_STREQ(snapshot().nexuses[1].name, "4:0:0");
  EXPECT_EQ(snapshot().summary.paths, 2U);
  EXPECT_EQ(snapshot().summary.degraded, 1U);
  EXPECT_EQ(snapshot().trouble, "");
}

TEST_F(TopStateFeedTest, MissingStateNamesTheRemedy) {
  EXPECT_EQ(StateFeed::Open(run_dir()).status().message(),
            run_dir() + "/state: there is no state file: start pathwatchd, or name its --run-dir");
}

TEST_F(TopStateFeedTest, PathsThatChangeAndThatComeAreTaken) {
  Publish({cli::UpPath(3, 1, "sda")});
  Open();
  ASSERT_TRUE(file().PutPath(0, cli::PathInState(3, 1, "sda", PW_STATE_DOWN)).ok());
  ASSERT_TRUE(file().PutPath(1, cli::UpPath(4, 1, "sdb")).ok());
  Refresh(kSecond);
  EXPECT_EQ(snapshot().summary.by_state[PW_STATE_DOWN], 1U);
  EXPECT_EQ(snapshot().summary.paths, 2U);
}

TEST_F(TopStateFeedTest, DetailsAreThoseOfThePathsThatAreShown) {
  const pw_path_record path = cli::UpPath(3, 1, "sda");
  Publish({path});
  pw_detail_record detail{};
  detail.generation = path.generation;
  cli::SetText(detail.dm_name, "mpatha");
  ASSERT_TRUE(file().PutDetail(0, detail).ok());
  Open();
  EXPECT_EQ(FactsOf(snapshot(), 0).detail, nullptr);
  Refresh(kSecond, {0});
  ASSERT_NE(FactsOf(snapshot(), 0).detail, nullptr);
  EXPECT_STREQ(FactsOf(snapshot(), 0).detail->dm_name, "mpatha");
}

TEST_F(TopStateFeedTest, ChecksPerSecondAreThoseOfTheLastSeconds) {
  Publish({cli::UpPath(3, 1, "sda")});
  pw_counters_record counters{};
  counters.values[PW_COUNTER_CHECKS_SENT] = 1'000;
  file().PutCounters(counters);
  Open();
  EXPECT_FALSE(snapshot().checks_per_second);
  counters.values[PW_COUNTER_CHECKS_SENT] = 1'500;
  file().PutCounters(counters);
  Refresh(2 * kSecond);
  ASSERT_TRUE(snapshot().checks_per_second);
  EXPECT_DOUBLE_EQ(*snapshot().checks_per_second, 250.0);
}

TEST_F(TopStateFeedTest, StaleStateIsKeptAndSaidToBe) {
  Publish({cli::UpPath(3, 1, "sda")}, 0);
  Open();
  Refresh(42 * kSecond);
  EXPECT_EQ(snapshot().trouble, "the daemon's heartbeat is 42 s old: this may be out of date");
  EXPECT_EQ(snapshot().summary.paths, 1U);
  file().Heartbeat(kNow.boot_now_ns + 43 * kSecond);
  Refresh(43 * kSecond);
  EXPECT_EQ(snapshot().trouble, "");
}

TEST_F(TopStateFeedTest, GoneStateIsKeptAndSaidToBe) {
  Publish({cli::UpPath(3, 1, "sda")}, 0);
  Open();
  std::filesystem::remove(run_dir() + "/state");
  Refresh(11 * kSecond);  // that the name leads nowhere is noticed once it is stale
  Refresh(12 * kSecond);
  EXPECT_NE(snapshot().trouble.find("there is no state file"), std::string::npos)
      << snapshot().trouble;
  EXPECT_EQ(snapshot().paths[0].host, 3U);
}

TEST_F(TopStateFeedTest, AnotherDaemonIsTakenAnewAndSaidToBe) {
  Publish({cli::UpPath(3, 1, "sda"), cli::UpPath(4, 1, "sdb")}, 0);
  Open();
  publish::Writer writer;
  writer.epoch = 0xfedcba;
  writer.version = "0.2.0";
  auto other = publish::StateFile::Create(run_dir(), publish::Capacities{}, writer, Ago(0));
  ASSERT_TRUE(other.ok()) << other.status();
  ASSERT_TRUE((*other)->PutPath(0, cli::UpPath(5, 7, "sdz")).ok());
  (*other)->Heartbeat(kNow.boot_now_ns + 11 * kSecond);
  Refresh(11 * kSecond);
  Refresh(12 * kSecond);
  EXPECT_EQ(snapshot().trouble.substr(0, 26), "pathwatchd was restarted 1") << snapshot().trouble;
  EXPECT_EQ(snapshot().summary.paths, 1U);
  EXPECT_STREQ(snapshot().paths[0].sd_name, "sdz");
  (*other)->Heartbeat(kNow.boot_now_ns + 60 * kSecond);
  Refresh(60 * kSecond);
  EXPECT_EQ(snapshot().trouble, "");
}

}  // namespace
}  // namespace pathwatch::top
