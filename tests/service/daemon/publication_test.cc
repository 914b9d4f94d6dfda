// What the daemon publishes besides the paths' own records, read back with the reader that
// everybody uses.
#include "service/daemon/publication.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/checker/state_reader.h"
#include "lib/health/event.h"

namespace pathwatch::service {
namespace {

using discovery::DiscoveredPath;
using discovery::Snapshot;

constexpr std::int64_t kNow = 1'000'000'000;

DiscoveredPath PathAt(std::uint32_t host, std::uint64_t lun, const std::string& lu_id) {
  DiscoveredPath path;
  path.hctl = {host, 0, 0, lun};
  path.generation = 7;
  path.nexus = discovery::FormatNexus(path.hctl);
  path.lu_id = lu_id;
  path.identity = scsi::IdentityNamed(lu_id);
  path.tpgs = 1;
  path.target_port_group = 1;
  return path;
}

class PublicationTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/pathwatch-publication-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    options_.refresh_ns = 0;
  }
  void TearDown() override {
    pw_close(&reader_);
    std::filesystem::remove_all(folder_);
  }
  void Apply(std::vector<DiscoveredPath> paths,
             const std::optional<health::Standing>& restored = std::nullopt) {
    Snapshot snapshot;
    for (const DiscoveredPath& path : paths) {
      discovery::DiscoveredNexus nexus;
      nexus.name = path.nexus;
      if (const auto ports = ports_.find(path.nexus); ports != ports_.end()) {
        nexus.initiator_port = "initiator";
        nexus.target_port = ports->second;
      }
      snapshot.nexuses.push_back(nexus);
    }
    snapshot.paths = std::move(paths);
    const auto changes = inventory_.Apply(snapshot);
    for (const health::PathId path : changes.gone) Tell(health::PathGone{path, gone_because_});
    for (const health::HostId host : changes.hosts) {
      publication_.SetHost(host);
      Tell(health::HostFound{host, 64});
    }
    for (const health::PathId path : changes.found) {
      publication_.SetFacts(path);
      const KnownPath& known = inventory_.path(path);
      health::PathFound found;
      found.path = path;
      found.host = known.host;
      found.nexus = known.nexus;
      found.lun = known.lun;
      found.tpgs = known.facts.tpgs;
      found.target_port_group = known.facts.target_port_group;
      found.identity = known.facts.identity;
      found.restored = restored;
      Tell(found);
      publication_.StatusChanged(path);
    }
    for (const health::PathId path : changes.changed) {
      publication_.SetFacts(path);
      publication_.StatusChanged(path);
    }
  }
  void Open() {
    ASSERT_TRUE(publication_.Open(folder_, {}, kNow).ok());
    publication_.Flush(kNow, {}, {});
    ASSERT_EQ(pw_open((folder_ + "/state").c_str(), &reader_), PW_OK);
  }
  void Flush() { publication_.Flush(kNow, {}, {}); }
  void Tell(const health::Event& event) {
    core_.Step(kNow, event, actions_);
    const std::vector<health::Action> list = std::exchange(actions_.list, {});
    for (const health::Action& action : list) {
      if (const auto* start = std::get_if<health::StartCommand>(&action)) last_ = *start;
      if (const auto* look = std::get_if<health::LookAtTransport>(&action)) {
        Tell(health::TransportSeen{look->path, health::DeviceCondition::kReady});
      }
      if (const auto* groups = std::get_if<health::PortGroupsUpdated>(&action)) {
        publication_.PortGroupsUpdated(groups->lun);
      }
      if (const auto* updated = std::get_if<health::PathUpdated>(&action)) {
        publication_.StatusChanged(updated->path);
      }
      if (const auto* change = std::get_if<health::StateChanged>(&action)) {
        publication_.StateChanged(*change, kNow);
      }
    }
  }
  // The command that was sent last is answered GOOD, with data.
  void Answer(std::vector<std::uint8_t> data = {}) {
    const health::StartCommand command = last_;
    Tell(health::CommandDone{command.path, command.command, {}, true, data});
  }

  std::uint32_t Expected() {
    Flush();
    pw_lun_record lun{};
    EXPECT_EQ(pw_read_lun(&reader_, 0, &lun), PW_OK);
    return lun.paths_expected;
  }

  std::string folder_;
  std::map<std::string, std::string> ports_;  // the target ports of nexuses that have names
  health::ReasonKind gone_because_ = health::ReasonKind::kDeleted;
  health::Options options_;
  health::Core core_{Unrefreshed()};
  Inventory inventory_;
  Publication publication_{core_, inventory_};
  health::Actions actions_;
  health::StartCommand last_;
  pw_reader reader_{};

 private:
  static health::Options Unrefreshed() {
    health::Options options;
    options.refresh_ns = 0;
    return options;
  }
};

TEST_F(PublicationTest, PortGroupsAreThoseOfTheCore) {
  Apply({PathAt(3, 0, "a")});
  Open();
  Answer();  // TEST UNIT READY; then the groups are asked for
  Answer({0, 0, 0, 12, 0x80, 0xCF, 0, 1, 0, 2, 0, 1, 0, 0, 0, 5});
  Flush();
  pw_port_group_record group{};
  ASSERT_EQ(pw_read_port_group(&reader_, 0, &group), PW_OK);
  EXPECT_EQ(group.lun_index, inventory_.path(0).lun);
  EXPECT_EQ(group.tpg, 1);
  EXPECT_EQ(group.alua_state, PW_ALUA_ACTIVE_OPTIMIZED);
  EXPECT_EQ(group.preferred, 1);
  EXPECT_EQ(group.support, 0xCF);
  EXPECT_EQ(group.status_code, 2);
  EXPECT_EQ(group.ports_total, 1);
  EXPECT_EQ(group.rtpi[0], 5);
  pw_lun_record lun{};
  ASSERT_EQ(pw_read_lun(&reader_, group.lun_index, &lun), PW_OK);
  EXPECT_EQ(lun.flags, static_cast<std::uint32_t>(PW_LUN_ALUA));
  EXPECT_EQ(lun.groups_read_boottime_ns, kNow);
  pw_path_record path{};
  publication_.StatusChanged(0);
  ASSERT_EQ(pw_read_path(&reader_, 0, &path), PW_OK);
  EXPECT_EQ(path.alua_state, PW_ALUA_ACTIVE_OPTIMIZED);
  EXPECT_EQ(path.flags & (PW_PATH_PREFERRED | PW_PATH_HAS_TPG),
            static_cast<std::uint32_t>(PW_PATH_PREFERRED | PW_PATH_HAS_TPG));

  // The last path of the logical unit goes, and its groups with it.
  Tell(health::PathGone{0});
  EXPECT_EQ(pw_read_port_group(&reader_, 0, &group), PW_NOT_FOUND);
}

TEST_F(PublicationTest, AChangeIsInTheHistoryAndInTheLog) {
  DiscoveredPath path = PathAt(3, 0, "a");
  path.tpgs = 0;
  path.sd_name = "sdc";
  Apply({path});
  Open();
  Answer();
  pw_history_record history{};
  ASSERT_EQ(pw_read_history(&reader_, 0, &history), PW_OK);
  EXPECT_EQ(history.total, 1u);
  EXPECT_EQ(history.generation, 7u);
  EXPECT_EQ(history.changes[0].from, PW_STATE_UNKNOWN);
  EXPECT_EQ(history.changes[0].to, PW_STATE_UP);
  EXPECT_EQ(history.changes[0].cause, PW_CAUSE_CHECK);
  EXPECT_EQ(history.changes[0].reason_kind, PW_REASON_REPLY);
  EXPECT_EQ(history.changes[0].when_boottime_ns, kNow);
  pw_change_record change{};
  ASSERT_EQ(pw_read_change(&reader_, 1, &change), PW_OK);
  EXPECT_STREQ(change.device, "sdc");
  EXPECT_STREQ(change.wwid, "a");
  EXPECT_EQ(change.host, 3u);
  EXPECT_EQ(change.change.to, PW_STATE_UP);
  EXPECT_EQ(pw_read_change(&reader_, 2, &change), PW_NOT_FOUND);
  Tell(health::PathGone{0});
  ASSERT_EQ(pw_read_change(&reader_, 2, &change), PW_OK);
  EXPECT_EQ(change.change.cause, PW_CAUSE_RESCAN);
  Flush();
  pw_counters_record counters{};
  ASSERT_EQ(pw_read_counters(&reader_, &counters), PW_OK);
  EXPECT_EQ(counters.values[PW_COUNTER_LAST_CHANGE], 2u);
}

TEST_F(PublicationTest, APathThatWasNeverThereIsInTheLogWhenItAppears) {
  Open();
  EXPECT_FALSE(publication_.Knows(0));
  Apply({PathAt(3, 0, "a")});
  EXPECT_TRUE(publication_.Knows(0));
  publication_.PathAppeared(0, kNow);
  pw_change_record change{};
  ASSERT_EQ(pw_read_change(&reader_, 1, &change), PW_OK);
  EXPECT_EQ(change.change.from, PW_STATE_REMOVED);
  EXPECT_EQ(change.change.to, PW_STATE_UNKNOWN);
  EXPECT_EQ(change.change.cause, PW_CAUSE_RESCAN);
  EXPECT_EQ(change.host, 3u);
  // It is no change of the path's own.
  pw_history_record history{};
  EXPECT_EQ(pw_read_history(&reader_, 0, &history), PW_NOT_FOUND);
}

TEST_F(PublicationTest, ARestoredHistoryGoesOn) {
  Apply({PathAt(3, 0, "a")});
  pw_history_record before{};
  before.total = 40;
  before.changes[39 % PW_HISTORY_CHANGES].to = PW_STATE_DOWN;
  publication_.RestoreHistory(0, before);
  Open();
  Tell(health::PathGone{0});
  pw_history_record history{};
  ASSERT_EQ(pw_read_history(&reader_, 0, &history), PW_OK);
  EXPECT_EQ(history.total, 41u);
  EXPECT_EQ(history.changes[39 % PW_HISTORY_CHANGES].to, PW_STATE_DOWN);
  EXPECT_EQ(history.changes[40 % PW_HISTORY_CHANGES].to, PW_STATE_REMOVED);
}

TEST_F(PublicationTest, AfterARestartItIsPublishedAgainWhoAnswersInstead) {
  health::Standing before;
  before.state = health::State::kWrongLu;
  Apply({PathAt(3, 0, "a")}, before);
  Open();
  std::vector<std::uint8_t> inquiry(36);
  inquiry[4] = 31;  // ADDITIONAL LENGTH
  Answer(inquiry);
  // VPD page 83h with an NAA identifier.
  Answer({0x00, 0x83, 0x00, 0x0C, 0x01, 0x03, 0x00, 0x08, 0x50, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
          0x07});
  pw_detail_record detail{};
  ASSERT_EQ(pw_read_detail(&reader_, 0, &detail), PW_OK);
  EXPECT_STREQ(detail.identity_found, "35001020304050607");
}

TEST_F(PublicationTest, TheMapOfAPathIsPublishedAndWhetherItsNameIsStrange) {
  DiscoveredPath held = PathAt(3, 0, "3600a");
  held.dm_name = "mpatha";
  held.dm_wwid = "3600a";
  DiscoveredPath strange = PathAt(4, 0, "3600a");
  strange.dm_name = "mpathb";
  strange.dm_wwid = "3600b";
  Apply({held, strange});
  Open();
  pw_detail_record detail{};
  ASSERT_EQ(pw_read_detail(&reader_, 0, &detail), PW_OK);
  EXPECT_STREQ(detail.dm_name, "mpatha");
  EXPECT_EQ(detail.generation, 7u);
  pw_path_record path{};
  ASSERT_EQ(pw_read_path(&reader_, 0, &path), PW_OK);
  EXPECT_EQ(path.flags & PW_PATH_OTHER_MAP, 0u);
  ASSERT_EQ(pw_read_path(&reader_, 1, &path), PW_OK);
  EXPECT_NE(path.flags & PW_PATH_OTHER_MAP, 0u);
  pw_lun_record lun{};
  ASSERT_EQ(pw_read_lun(&reader_, 0, &lun), PW_OK);
  EXPECT_STREQ(lun.dm_name, "mpatha");
}

TEST_F(PublicationTest, AMapThatComesAndGoesWhileThePathIsWatchedIsPublished) {
  DiscoveredPath path = PathAt(3, 0, "3600a");
  Apply({path});
  Open();
  path.dm_name = "mpatha";
  path.dm_wwid = "3600a";
  Apply({path});
  pw_detail_record detail{};
  ASSERT_EQ(pw_read_detail(&reader_, 0, &detail), PW_OK);
  EXPECT_STREQ(detail.dm_name, "mpatha");
  path.dm_name = path.dm_wwid = "";
  Apply({path});
  ASSERT_EQ(pw_read_detail(&reader_, 0, &detail), PW_OK);
  EXPECT_STREQ(detail.dm_name, "");
}

TEST_F(PublicationTest, ALogicalUnitSaysWhatIsOddAboutIt) {
  Apply({PathAt(3, 0, ""), PathAt(4, 1, "a"), PathAt(4, 2, "a")});
  Open();
  pw_lun_record lun{};
  ASSERT_EQ(pw_read_lun(&reader_, inventory_.path(0).lun, &lun), PW_OK);
  EXPECT_EQ(lun.flags & PW_LUN_NO_IDENTIFIER, static_cast<std::uint32_t>(PW_LUN_NO_IDENTIFIER));
  EXPECT_STREQ(lun.wwid, "3:0:0:0");
  ASSERT_EQ(pw_read_lun(&reader_, inventory_.path(1).lun, &lun), PW_OK);
  EXPECT_EQ(lun.flags & PW_LUN_TWINS, static_cast<std::uint32_t>(PW_LUN_TWINS));
}

TEST_F(PublicationTest, APathThatIsGoneIsStillExpected) {
  Apply({PathAt(3, 0, "a"), PathAt(4, 0, "a")});
  Open();
  EXPECT_EQ(Expected(), 2u);
  Apply({PathAt(3, 0, "a")});
  EXPECT_EQ(Expected(), 2u);
  // The core forgets it after a day.
  publication_.PathForgotten(1);
  publication_.Freed(inventory_.Forget(1));
  publication_.RecountExpected(0);
  EXPECT_EQ(Expected(), 1u);
}

TEST_F(PublicationTest, APathThatIsLeftOutOnPurposeIsNotExpected) {
  Apply({PathAt(3, 0, "a"), PathAt(4, 0, "a")});
  Open();
  gone_because_ = health::ReasonKind::kLeftOut;
  Apply({PathAt(3, 0, "a")});
  EXPECT_EQ(Expected(), 1u);
}

TEST_F(PublicationTest, ALogicalUnitWhoseDevicesWereDeletedWhileTheyWorkedIsNotExpectedBack) {
  DiscoveredPath first = PathAt(3, 0, "a");
  DiscoveredPath second = PathAt(4, 0, "a");
  first.tpgs = second.tpgs = 0;
  Apply({first});
  Answer();
  Apply({first, second});
  Answer();
  Open();
  ASSERT_EQ(core_.path(0).standing.state, health::State::kUp);
  ASSERT_EQ(core_.path(1).standing.state, health::State::kUp);
  Apply({first});
  EXPECT_EQ(Expected(), 2u);  // it has not gone as a whole
  Apply({});
  EXPECT_EQ(Expected(), 0u);
  Apply({first});
  EXPECT_EQ(Expected(), 2u);
}

TEST_F(PublicationTest, ACheckThatMeetsADeletionDoesNotMakeItALoss) {
  DiscoveredPath path = PathAt(3, 0, "a");
  path.tpgs = 0;
  Apply({path});
  Answer();
  Open();
  Tell(health::CheckNow{0});
  scsi::Reply gone;
  gone.error = ENODEV;
  Tell(health::CommandDone{last_.path, last_.command, gone, true, {}});
  ASSERT_EQ(core_.path(0).standing.state, health::State::kDown);
  Apply({});
  EXPECT_EQ(Expected(), 0u);
}

TEST_F(PublicationTest, ALogicalUnitThatWasLostIsExpectedBack) {
  Apply({PathAt(3, 0, "a")});  // no check has said that it works
  Open();
  Apply({});
  EXPECT_EQ(Expected(), 1u);
}

TEST_F(PublicationTest, APathThatIsBackUnderAnotherNumberIsExpectedOnce) {
  ports_ = {{"3:0:0", "iqn.a"}, {"4:0:0", "iqn.b"}, {"5:0:0", "iqn.b"}};
  Apply({PathAt(3, 0, "a"), PathAt(4, 0, "a")});
  Open();
  Apply({PathAt(3, 0, "a")});
  Apply({PathAt(3, 0, "a"), PathAt(5, 0, "a")});  // another login has made another host
  EXPECT_EQ(Expected(), 2u);
}

TEST_F(PublicationTest, BoundsOfHistogramsAreThoseOfTheCore) {
  for (std::uint32_t bound = 0; bound < PW_HISTOGRAM_BOUNDS; ++bound) {
    EXPECT_EQ(pw_duration_bound_ns(bound),
              static_cast<std::uint64_t>(health::kCommandBounds[bound]));
    EXPECT_EQ(pw_lag_bound_ns(bound), static_cast<std::uint64_t>(health::kLagBounds[bound]));
  }
}

TEST_F(PublicationTest, HowLongCommandsTookIsInTheRecordOfTheirNexus) {
  Apply({PathAt(3, 0, "a")});
  Open();
  Answer();
  Flush();
  pw_nexus_record nexus{};
  ASSERT_EQ(pw_read_nexus(&reader_, 0, &nexus), PW_OK);
  EXPECT_EQ(nexus.durations[PW_COMMAND_TUR].counts[0], 1u);
  EXPECT_EQ(nexus.durations[PW_COMMAND_RTPG].counts[0], 0u);
}

TEST_F(PublicationTest, TheKernelsWordsArePublishedOnceSomethingIsWrong) {
  Apply({PathAt(3, 0, "a")});
  Open();
  pw_detail_record detail{};
  publication_.SetLook(0, {discovery::DeviceCondition::kReady, "running", "Online"});
  EXPECT_EQ(pw_read_detail(&reader_, 0, &detail), PW_NOT_FOUND);
  publication_.SetLook(0, {discovery::DeviceCondition::kBlocked, "blocked", "Blocked"});
  ASSERT_EQ(pw_read_detail(&reader_, 0, &detail), PW_OK);
  EXPECT_STREQ(detail.device_state, "blocked");
  EXPECT_STREQ(detail.port_state, "Blocked");
  EXPECT_EQ(detail.generation, 7u);
  publication_.SetLook(0, {discovery::DeviceCondition::kReady, "running", "Online"});
  ASSERT_EQ(pw_read_detail(&reader_, 0, &detail), PW_OK);
  EXPECT_STREQ(detail.device_state, "running");
}

}  // namespace
}  // namespace pathwatch::service
