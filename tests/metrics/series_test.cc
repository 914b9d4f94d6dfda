// What becomes of records that Prometheus cannot tell from each other.
#include <gtest/gtest.h>

#include "tests/metrics/published.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

using Names = std::vector<std::string>;

class SeriesTest : public PublishedTest {
 protected:
  static pw_nexus_record Nexus(const std::string& name, std::uint32_t paths) {
    pw_nexus_record nexus{};
    SetText(nexus.name, name);
    SetText(nexus.initiator_port, "hba");
    SetText(nexus.target_port, "port");
    nexus.paths_total = nexus.paths_by_state[PW_STATE_UP] = paths;
    return nexus;
  }
  static pw_nexus_record Silent(pw_nexus_record nexus) {
    nexus.silent = 1;
    return nexus;
  }
  static pw_nexus_record Session(pw_nexus_record nexus, const std::string& session,
                                 const std::string& state) {
    nexus.transport = PW_TRANSPORT_ISCSI;
    SetText(nexus.port_name, session);
    SetText(nexus.port_state, state);
    return nexus;
  }
  static pw_lun_record Lun(const std::string& wwid, std::uint32_t paths) {
    pw_lun_record lun{};
    SetText(lun.wwid, wwid);
    lun.paths_total = lun.paths_by_state[PW_STATE_UP] = paths;
    return lun;
  }
  Names TargetInfo() const { return Collect().series(kTargetInfo); }
};

TEST_F(SeriesTest, APathThatTheConfigurationLeavesOutIsNotMissedAtItsPort) {
  pw_nexus_record nexus = Nexus("3:0:0", 0);
  nexus.paths_by_state[PW_STATE_REMOVED] = 2;
  Put(0, nexus);
  pw_path_record path{};
  path.host = 3;
  path.state = PW_STATE_REMOVED;
  path.reason_kind = PW_REASON_DEVICE_DELETED;
  Put(0, path);
  path.lun = 1;
  path.reason_kind = PW_REASON_LEFT_OUT;
  Put(1, path);
  EXPECT_EQ(Collect().value(kTargetPaths, "hba port removed"), 1);
}

TEST_F(SeriesTest, NothingIsSaidOfASessionWithoutDevices) {
  Put(0, Session(Nexus("3:0:0", 0), "session1", "LOGGED_IN"));
  Put(1, Session(Nexus("4:0:0", 1), "session2", "LOGGED_IN"));
  EXPECT_EQ(Collect().series(kIscsiSessionState), Names{"hba port session2 LOGGED_IN"});
}

TEST_F(SeriesTest, NexusesOfTheSamePortsAreAdded) {
  pw_nexus_record nexus = Nexus("3:0:0", 2);
  nexus.in_flight = 3;
  nexus.durations[PW_COMMAND_TUR].counts[0] = 5;
  nexus.durations[PW_COMMAND_TUR].sum_ns = kSecond;
  Put(0, nexus);
  nexus = Nexus("4:0:0", 1);
  nexus.in_flight = 4;
  nexus.durations[PW_COMMAND_TUR].counts[0] = 1;
  nexus.durations[PW_COMMAND_TUR].counts[PW_HISTOGRAM_BOUNDS] = 2;
  nexus.durations[PW_COMMAND_TUR].sum_ns = 20 * kSecond;
  Put(1, nexus);
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kTargetPaths, "hba port up"), 3);
  EXPECT_EQ(collected.count(kTargetPaths), 10U);
  EXPECT_EQ(collected.value(kTargetInflight, "hba port"), 7);
  const auto* const durations = collected.metric(kTargetDuration, "hba port tur");
  ASSERT_NE(durations, nullptr);
  EXPECT_EQ(collected.count(kTargetDuration), 1U);
  EXPECT_EQ(durations->histogram.sample_count, 8U);
  EXPECT_EQ(durations->histogram.sample_sum, 21);
  ASSERT_EQ(durations->histogram.bucket.size(), 14U);
  EXPECT_EQ(durations->histogram.bucket[0].cumulative_count, 6U);
  EXPECT_EQ(durations->histogram.bucket[0].upper_bound, 0.0005);
  EXPECT_EQ(durations->histogram.bucket[12].cumulative_count, 6U);
  EXPECT_EQ(durations->histogram.bucket[12].upper_bound, 5);
  EXPECT_EQ(durations->histogram.bucket[13].cumulative_count, 8U);
}

TEST_F(SeriesTest, InfoIsOfTheNexusWithMostPaths) {
  Put(0, Nexus("3:0:0", 1));
  Put(1, Nexus("4:0:0", 2));
  Put(2, Nexus("5:0:0", 2));
  EXPECT_EQ(TargetInfo(), Names{"hba port host4 other    "});
}

TEST_F(SeriesTest, TargetIsCalledAfterItsFirstPath) {
  Put(0, Nexus("3:0:0", 1));
  Put(1, Nexus("4:0:0", 1));
  pw_path_record path = PathAt(4, 0, 0);
  path.nexus_index = 1;
  SetText(path.vendor, "FIRST");
  SetText(path.product, "model");
  Put(2, path);
  path = PathAt(3, 0, 0);
  SetText(path.vendor, "SECOND");
  Put(3, path);
  EXPECT_EQ(TargetInfo(), Names{"hba port host3 other   FIRST model"});
}

TEST_F(SeriesTest, TargetIsSilentIfAllItsNexusesWithPathsAre) {
  const auto silent = [this] { return Collect().value(kTargetSilent, "hba port"); };
  Put(0, Silent(Nexus("3:0:0", 1)));
  EXPECT_EQ(silent(), 1);
  Put(1, Nexus("4:0:0", 0));
  EXPECT_EQ(silent(), 1);
  Put(1, Nexus("4:0:0", 1));
  EXPECT_EQ(silent(), 0);
  Put(1, Silent(Nexus("4:0:0", 1)));
  EXPECT_EQ(silent(), 1);
  Put(0, Silent(Nexus("3:0:0", 0)));
  Put(1, Silent(Nexus("4:0:0", 0)));
  EXPECT_EQ(silent(), 0);
}

TEST_F(SeriesTest, EachSessionHasItsState) {
  Put(0, Session(Nexus("3:0:0", 0), "session1", "FAILED"));
  Put(1, Session(Nexus("4:0:0", 1), "session2", "LOGGED_IN"));
  Put(2, Session(Nexus("5:0:0", 1), "session1", "LOGGED_IN"));
  Put(3, Session(Nexus("6:0:0", 1), "", ""));
  const Collected collected = Collect();
  EXPECT_EQ(collected.series(kIscsiSessionState),
            (Names{"hba port session1 LOGGED_IN", "hba port session2 LOGGED_IN"}));
  EXPECT_EQ(collected.count(kRportState), 0U);
}

TEST_F(SeriesTest, NexusWithoutNamesIsKnownByItsNumbers) {
  pw_nexus_record nexus = Nexus("5:0:7", 1);
  nexus.initiator_port[0] = nexus.target_port[0] = '\0';
  Put(0, nexus);
  EXPECT_EQ(TargetInfo(), Names{"host5 5:0:7 host5 other    "});
}

TEST_F(SeriesTest, NamesThatAreTheSameOnlyWhenEscapedAreMerged) {
  pw_nexus_record nexus = Nexus("3:0:0", 1);
  SetText(nexus.target_port, "a\xff");
  Put(0, nexus);
  nexus = Nexus("3:0:1", 1);
  SetText(nexus.target_port, "a\\xff");
  Put(1, nexus);
  Put(0, Lun("b\n", 1));
  Put(1, Lun("b\\x0a", 1));
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kTargetPaths, "hba a\\xff up"), 2);
  EXPECT_EQ(collected.series(kLunPathsExpected), Names{"b\\x0a"});
  EXPECT_EQ(collected.doubles(), Names{});
}

TEST_F(SeriesTest, OfLogicalUnitsWithTheSameWwidTheFirstWithPathsIsTold) {
  Put(0, Lun("a", 0));
  Put(1, Lun("a", 2));
  Put(2, Lun("a", 3));
  Put(3, Lun("b", 0));
  Put(4, Lun("b", 0));
  const Collected collected = Collect();
  EXPECT_EQ(collected.series(kLunPathsExpected), (Names{"a", "b"}));
  EXPECT_EQ(collected.value(kLunPaths, "a up"), 2);
  EXPECT_EQ(collected.doubles(), Names{});
}

TEST_F(SeriesTest, OfPathsWithTheSameNumbersTheFirstThatIsNotRemovedIsTold) {
  pw_path_record path = PathAt(3, 0, 0);
  path.state = PW_STATE_REMOVED;
  Put(0, path);
  path.state = PW_STATE_GHOST;
  Put(1, path);
  path.state = PW_STATE_DOWN;
  Put(2, path);
  const Collected collected = Collect();
  EXPECT_EQ(collected.series(kPathState), Names{"3:0:0:0 ghost"});
  EXPECT_EQ(collected.value(kPaths, "removed"), 1);
  EXPECT_EQ(collected.doubles(), Names{});
}

TEST_F(SeriesTest, IndicesThatLeadNowhereAreNoHarm) {
  pw_path_record path = PathAt(3, 0, 0);
  path.nexus_index = 1'000'000;
  path.lun_index = PW_NO_INDEX;
  path.state = 77;  // of a newer daemon
  path.passthrough = 77;
  path.alua_state = 77;
  Put(0, path);
  pw_port_group_record group{};
  group.lun_index = 1'000'000;
  ASSERT_TRUE(file().PutPortGroup(0, group).ok());
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kPaths, "unknown"), 1);
  EXPECT_EQ(collected.value(kPassthroughPaths, "unknown"), 1);
  EXPECT_EQ(collected.series(kPathState), Names{"3:0:0:0 unknown"});
  EXPECT_EQ(collected.count(kLunPortGroups), 0U);
  EXPECT_EQ(collected.doubles(), Names{});
}

}  // namespace
}  // namespace pathwatch::metrics
