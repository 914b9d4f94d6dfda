#include "lib/passthrough/fabric.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "lib/scsi/cdb.h"
#include "lib/scsi/identity.h"
#include "lib/scsi/inquiry.h"
#include "lib/scsi/report_luns.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::passthrough {
namespace {

using health::DeviceCondition;

using health::kNever;
using health::kSecond;
using health::State;
using scsi::AccessState;

const scsi::Cdb kGroups = scsi::ReportTargetPortGroups(1'024, scsi::RtpgHeader::kLengthOnly);
const scsi::Cdb kGroupsExtended = scsi::ReportTargetPortGroups(1'024, scsi::RtpgHeader::kExtended);
const scsi::Cdb kIdentity = scsi::InquiryVpd(scsi::kVpdDeviceIdentification, 1'024);

using Answer = Fabric::Answer;

Answer Send(const Fabric& fabric, health::TimeNs now_ns, std::uint32_t path, const scsi::Cdb& cdb) {
  Fabric::Session session{now_ns};  // nothing is to be reported
  return fabric.Send(now_ns, path, cdb, session);
}

std::vector<std::uint8_t> Ask(const Fabric& fabric, health::TimeNs now_ns, std::uint32_t path,
                              const scsi::Cdb& cdb) {
  return fabric.DataOf(path, cdb, Send(fabric, now_ns, path, cdb));
}

bool Is(const Answer& answer, int key, int asc, int ascq) {
  return answer.host_status == 0 && answer.status == 0x02 && answer.sense_key == key &&
         answer.asc == asc && answer.ascq == ascq;
}

bool IsGood(const Answer& answer) { return answer.host_status == 0 && answer.status == 0; }

bool OfArrayA(const Fabric& fabric, std::uint32_t path) {
  return fabric.PlaceOf(path).product == "ARRAY A";
}

AccessState OwnState(const Fabric& fabric, health::TimeNs now_ns, std::uint32_t path) {
  const std::uint16_t own = fabric.PlaceOf(path).target_port_group;
  for (const scsi::PortGroup& group : fabric.GroupsAt(now_ns, path)) {
    if (group.id == own) return group.state;
  }
  return AccessState::kUnknown;
}

// Only what the story says goes wrong.
FabricOptions Only(const Story& story, std::uint32_t paths = 400) {
  return {.paths = paths, .faulty_paths = 0, .silent_nexuses = 0, .story = story};
}

Story AlwaysFailing() {
  Story story = kNoStory;
  story.failovers = 1;
  return story;
}

TEST(FabricTest, EachPathHasAnAddressOfItsOwnAndFourPathsShareAUnit) {
  const Fabric fabric({.paths = 1'000});
  std::set<std::tuple<unsigned, unsigned, unsigned, std::uint64_t>> addresses;
  std::map<std::string, std::set<unsigned>> hosts_by_unit;
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const Fabric::Place place = fabric.PlaceOf(path);
    EXPECT_LT(place.host, fabric.hosts());
    addresses.insert({place.host, place.channel, place.target, place.lun});
    hosts_by_unit[place.wwid].insert(place.host);
  }
  EXPECT_EQ(addresses.size(), 1'000u);
  EXPECT_EQ(hosts_by_unit.size(), 250u);
  for (const auto& [wwid, hosts] : hosts_by_unit) EXPECT_EQ(hosts.size(), 4u) << wwid;
}

TEST(FabricTest, ManyPathsGetMoreHosts) {
  const Fabric fabric({.paths = 100'000});
  EXPECT_EQ(fabric.hosts(), 28u);
  std::set<std::tuple<unsigned, unsigned, std::uint64_t>> addresses;
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const Fabric::Place place = fabric.PlaceOf(path);
    addresses.insert({place.host, place.target, place.lun});
  }
  EXPECT_EQ(addresses.size(), 100'000u);
}

TEST(FabricTest, WithoutFaultsEveryCommandIsGoodWithinTheLatency) {
  const Fabric fabric({.paths = 100, .faulty_paths = 0, .silent_nexuses = 0, .story = kNoStory});
  for (std::uint32_t path = 0; path < 100; ++path) {
    const auto answer = Send(fabric, kSecond, path, scsi::TestUnitReady());
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.host_status, 0);
    EXPECT_GE(answer.when_ns, kSecond + 200'000);
    EXPECT_LT(answer.when_ns, kSecond + 2'000'000);
  }
}

TEST(FabricTest, TheSameSeedTellsTheSameStory) {
  const Fabric one({.seed = 7, .paths = 500, .faulty_paths = 0.2, .story = kNoStory});
  const Fabric two({.seed = 7, .paths = 500, .faulty_paths = 0.2, .story = kNoStory});
  const Fabric other({.seed = 8, .paths = 500, .faulty_paths = 0.2, .story = kNoStory});
  int differences = 0;
  for (std::uint32_t path = 0; path < 500; ++path) {
    EXPECT_EQ(one.Truth(100 * kSecond, path), two.Truth(100 * kSecond, path));
    differences += one.Truth(100 * kSecond, path) != other.Truth(100 * kSecond, path);
  }
  EXPECT_GT(differences, 0);
}

TEST(FabricTest, TheStoryIsTheSameWheneverItBegins) {
  const Fabric now({.seed = 7, .paths = 500, .faulty_paths = 0.2});
  const health::TimeNs later = 12'345'678'901'234;
  const Fabric then({.seed = 7, .paths = 500, .faulty_paths = 0.2, .start_ns = later});
  for (const health::TimeNs time : {kSecond, 30 * kSecond, 100 * kSecond}) {
    for (std::uint32_t path = 0; path < 500; ++path) {
      ASSERT_EQ(now.Truth(time, path), then.Truth(later + time, path)) << path;
    }
  }
}

TEST(FabricTest, TheFractionOfFaultsIsAboutWhatWasAskedFor) {
  const Fabric fabric(
      {.paths = 10'000, .faulty_paths = 0.1, .silent_nexuses = 0, .story = kNoStory});
  int bad = 0;
  for (std::uint32_t path = 0; path < 10'000; ++path) {
    const State truth = fabric.Truth(100 * kSecond, path);
    bad += truth != State::kUp && truth != State::kGhost;
  }
  // Four of seven kinds of faults show; 571 are expected.
  EXPECT_GT(bad, 470);
  EXPECT_LT(bad, 680);
}

TEST(FabricTest, AllPathsOfASilentNexusGiveNoAnswer) {
  const Fabric fabric({.paths = 160, .faulty_paths = 0, .silent_nexuses = 0.5, .story = kNoStory});
  std::map<std::pair<unsigned, unsigned>, std::set<bool>> answers;
  for (std::uint32_t path = 0; path < 160; ++path) {
    const auto place = fabric.PlaceOf(path);
    const State truth = fabric.Truth(kSecond, path);
    answers[{place.host, place.target}].insert(truth != State::kNoAnswer);
  }
  int silent = 0;
  for (const auto& [nexus, seen] : answers) {
    ASSERT_EQ(seen.size(), 1u);
    silent += !*seen.begin();
  }
  EXPECT_GT(silent, 2);
  EXPECT_LT(silent, 14);
}

TEST(FabricTest, ASilentCommandIsAnsweredWhenTheFaultEnds) {
  const Fabric fabric(
      {.paths = 1'000, .faulty_paths = 0.3, .silent_nexuses = 0, .story = kNoStory});
  int silent = 0;
  for (std::uint32_t path = 0; path < 1'000; ++path) {
    if (fabric.Truth(kSecond, path) != State::kNoAnswer) continue;
    ++silent;
    const auto answer = Send(fabric, kSecond, path, scsi::TestUnitReady());
    ASSERT_NE(answer.when_ns, kNever);
    EXPECT_GT(answer.when_ns, answer.carried_out_ns);
    EXPECT_NE(fabric.Truth(answer.carried_out_ns, path), State::kNoAnswer);
    EXPECT_EQ(fabric.Truth(answer.carried_out_ns - 1, path), State::kNoAnswer);
  }
  EXPECT_GT(silent, 10);
}

TEST(FabricTest, OnceHeldNothingChangesAndSilenceNeverEnds) {
  Fabric fabric({.paths = 1'000, .faulty_paths = 0.3, .silent_nexuses = 0.1});
  fabric.Hold(50 * kSecond);
  int silent = 0;
  for (std::uint32_t path = 0; path < 1'000; ++path) {
    const State truth = fabric.Truth(50 * kSecond, path);
    EXPECT_EQ(fabric.Truth(5'000 * kSecond, path), truth);
    if (truth != State::kNoAnswer) continue;
    ++silent;
    EXPECT_EQ(Send(fabric, 50 * kSecond, path, scsi::TestUnitReady()).when_ns, kNever);
  }
  EXPECT_GT(silent, 10);
}

TEST(FabricTest, HalfOfTheUnitsAreOfEachArrayAndPreferEachController) {
  const Fabric fabric(Calm({.paths = 1'600}));
  std::map<std::pair<std::string, int>, int> preferred;
  for (std::uint32_t path = 0; path < fabric.paths(); path += 4) {
    const auto groups = fabric.GroupsAt(0, path);
    ASSERT_EQ(groups.size(), 2u);
    ++preferred[{fabric.PlaceOf(path).product, groups[0].preferred ? 1 : 2}];
  }
  ASSERT_EQ(preferred.size(), 4u);
  for (const auto& [which, count] : preferred) EXPECT_EQ(count, 100) << which.first;
}

TEST(FabricTest, HalfOfThePathsOfAUnitLeadToEachControllerThroughPortsOfTheirOwn) {
  const Fabric fabric(Calm({.paths = 100}));
  for (std::uint32_t unit = 0; unit < 25; ++unit) {
    std::map<int, int> paths_by_group;
    std::set<std::string> target_ports;
    std::set<std::string> initiator_ports;
    for (std::uint32_t path = 4 * unit; path < 4 * unit + 4; ++path) {
      const Fabric::Place place = fabric.PlaceOf(path);
      ++paths_by_group[place.target_port_group];
      target_ports.insert(place.target_port);
      initiator_ports.insert(place.initiator_port);
      const auto groups = fabric.GroupsAt(0, path);
      const auto& ports = groups[place.target_port_group - 1u].ports;
      EXPECT_EQ(std::count(ports.begin(), ports.end(), place.relative_target_port), 1);
    }
    EXPECT_EQ(paths_by_group, (std::map<int, int>{{1, 2}, {2, 2}}));
    EXPECT_EQ(target_ports.size(), 4u);
    EXPECT_EQ(initiator_ports.size(), 4u);
  }
}

TEST(FabricTest, APathIdentifiesItselfAsItsPlaceSays) {
  const Fabric fabric(Calm({.paths = 100}));
  for (std::uint32_t path = 0; path < 100; ++path) {
    const Fabric::Place place = fabric.PlaceOf(path);
    const auto data = Ask(fabric, kSecond, path, kIdentity);
    EXPECT_EQ(data, place.identity_page);
    const auto page = scsi::ParseVpd83(data);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(scsi::LogicalUnitId(*page).value(), place.wwid);
    EXPECT_EQ(page->target_port_group, place.target_port_group);
    EXPECT_EQ(page->relative_target_port, place.relative_target_port);
    const auto inquiry = scsi::ParseInquiry(Ask(fabric, kSecond, path, scsi::StandardInquiry(36)));
    ASSERT_TRUE(inquiry.ok());
    EXPECT_TRUE(inquiry->connected());
    EXPECT_EQ(inquiry->tpgs, place.tpgs);
    EXPECT_EQ(inquiry->vendor, place.vendor);
    EXPECT_EQ(inquiry->product, place.product);
    EXPECT_EQ(inquiry->revision, place.revision);
  }
}

TEST(FabricTest, DataAreCutToTheAllocationLength) {
  const Fabric fabric(Calm({.paths = 100}));
  EXPECT_EQ(Ask(fabric, kSecond, 0, scsi::StandardInquiry(5)).size(), 5u);
  const auto luns = scsi::ParseReportLuns(Ask(fabric, kSecond, 0, scsi::ReportLuns(16)), 16);
  ASSERT_TRUE(luns.ok());
  EXPECT_EQ(luns->reissue_length, 8u + 8 * 7);
}

TEST(FabricTest, ATargetReportsTheLunsOfItsPaths) {
  const Fabric fabric(Calm({.paths = 10'000}));
  std::set<std::uint64_t> expected;
  const Fabric::Place first = fabric.PlaceOf(0);
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const Fabric::Place place = fabric.PlaceOf(path);
    if (place.host == first.host && place.target == first.target) expected.insert(place.lun);
  }
  const auto list =
      scsi::ParseReportLuns(Ask(fabric, kSecond, 0, scsi::ReportLuns(65'536)), 65'536);
  ASSERT_TRUE(list.ok());
  EXPECT_GT(list->luns.size(), 256u);
  EXPECT_EQ(list->luns, std::vector(expected.begin(), expected.end()));
}

TEST(FabricTest, OnlyArrayATakesTheExtendedHeader) {
  const Fabric fabric(Calm({.paths = 16}));
  for (std::uint32_t path = 0; path < 16; ++path) {
    const auto plain = scsi::ParseRtpg(Ask(fabric, kSecond, path, kGroups), 1'024);
    EXPECT_EQ(plain.groups, fabric.GroupsAt(kSecond, path));
    EXPECT_FALSE(plain.extended);
    const Answer answer = Send(fabric, kSecond, path, kGroupsExtended);
    if (OfArrayA(fabric, path)) {
      const auto reply = scsi::ParseRtpg(fabric.DataOf(path, kGroupsExtended, answer), 1'024);
      EXPECT_TRUE(reply.extended);
      EXPECT_EQ(reply.implicit_transition_s, 30);
      EXPECT_EQ(reply.groups, fabric.GroupsAt(kSecond, path));
    } else {
      EXPECT_TRUE(Is(answer, 0x5, 0x24, 0x00));
      EXPECT_TRUE(fabric.DataOf(path, kGroupsExtended, answer).empty());
    }
  }
}

TEST(FabricTest, ArrayBSaysGoodInStandby) {
  const Fabric fabric(Calm({.paths = 16}));
  int standby = 0;
  for (std::uint32_t path = 0; path < 16; ++path) {
    const bool expected = OwnState(fabric, kSecond, path) == AccessState::kStandby;
    standby += expected;
    EXPECT_EQ(fabric.Truth(kSecond, path), expected ? State::kGhost : State::kUp);
    EXPECT_TRUE(IsGood(Send(fabric, kSecond, path, scsi::TestUnitReady())));
    EXPECT_TRUE(!expected || !OfArrayA(fabric, path));
  }
  EXPECT_EQ(standby, 4);
}

TEST(FabricTest, WhatATestUnitReadySaysDuringAFailoverFollowsFromTheGroup) {
  const Fabric fabric(Only(AlwaysFailing()));
  std::set<AccessState> seen;
  for (health::TimeNs now = 100 * kSecond; now < 140 * kSecond; now += kSecond / 4) {
    for (std::uint32_t path = 0; path < 64; ++path) {
      const AccessState state = OwnState(fabric, now, path);
      const bool array_a = OfArrayA(fabric, path);
      seen.insert(state);
      const Answer check = Send(fabric, now, path, scsi::TestUnitReady());
      const Answer groups = Send(fabric, now, path, kGroups);
      EXPECT_TRUE(IsGood(Send(fabric, now, path, kIdentity)));
      switch (state) {
        case AccessState::kTransitioning:
          EXPECT_TRUE(Is(check, 0x2, 0x04, 0x0A));
          EXPECT_EQ(IsGood(groups), array_a);
          break;
        case AccessState::kUnavailable:
          EXPECT_TRUE(array_a);
          EXPECT_TRUE(Is(check, 0x2, 0x04, 0x0C));
          EXPECT_TRUE(IsGood(groups));
          break;
        case AccessState::kOffline:
          EXPECT_FALSE(array_a);
          EXPECT_TRUE(Is(check, 0x5, 0x24, 0x00));
          EXPECT_TRUE(Is(groups, 0x5, 0x24, 0x00));
          EXPECT_FALSE(fabric.ReportsGroups(now, path));
          break;
        case AccessState::kStandby:
          EXPECT_EQ(Is(check, 0x2, 0x04, 0x0B), array_a);
          EXPECT_EQ(IsGood(check), !array_a);
          break;
        default:
          EXPECT_TRUE(IsGood(check));
          break;
      }
    }
  }
  EXPECT_EQ(seen, (std::set{AccessState::kOptimized, AccessState::kNonOptimized,
                            AccessState::kStandby, AccessState::kUnavailable, AccessState::kOffline,
                            AccessState::kTransitioning}));
}

TEST(FabricTest, AUnitHasAnOptimizedGroupOrIsInTransition) {
  const Fabric fabric(Only(AlwaysFailing()));
  for (health::TimeNs now = 100 * kSecond; now < 140 * kSecond; now += kSecond / 4) {
    for (std::uint32_t path = 0; path < 64; path += 4) {
      const auto groups = fabric.GroupsAt(now, path);
      const bool moving = groups[0].state == AccessState::kTransitioning;
      EXPECT_EQ(moving, groups[1].state == AccessState::kTransitioning);
      const int optimized = (groups[0].state == AccessState::kOptimized) +
                            (groups[1].state == AccessState::kOptimized);
      EXPECT_EQ(optimized, moving ? 0 : 1);
    }
  }
}

TEST(FabricTest, EachPathReportsAChangeOfItsGroupsOnce) {
  Story story = kNoStory;
  story.failovers = 0.5;
  const Fabric fabric(Only(story));
  int attentions = 0;
  for (const std::uint32_t path : {0u, 1u, 4u}) {
    Fabric::Session session;
    AccessState before = OwnState(fabric, 0, path);
    for (health::TimeNs now = 0; now < 200 * kSecond; now += kSecond) {
      const bool attention =
          Is(fabric.Send(now, path, scsi::TestUnitReady(), session), 0x6, 0x2A, 0x06);
      const AccessState state = OwnState(fabric, now, path);
      EXPECT_TRUE(attention || state == before) << "path " << path << " at " << now;
      EXPECT_FALSE(Is(fabric.Send(now, path, scsi::TestUnitReady(), session), 0x6, 0x2A, 0x06));
      before = state;
      attentions += attention;
    }
  }
  EXPECT_GT(attentions, 10);
}

TEST(FabricTest, AChangeThatNobodyAskedForIsReportedLater) {
  Story story = kNoStory;
  story.failovers = 0.1;
  const Fabric fabric(Only(story));
  Fabric::Session session;
  EXPECT_TRUE(Is(fabric.Send(2'000 * kSecond, 0, kGroups, session), 0x6, 0x2A, 0x06));
  EXPECT_FALSE(Is(fabric.Send(2'000 * kSecond, 0, kGroups, session), 0x6, 0x2A, 0x06));
}

TEST(FabricTest, AFlappingLinkGoesAndComes) {
  Story story = kNoStory;
  story.flapping_nexuses = 1;
  const Fabric fabric(Only(story));
  std::set<DeviceCondition> conditions;
  for (std::uint32_t path = 0; path < 16; ++path) {
    int changes = 0;
    State before = fabric.Truth(0, path);
    for (health::TimeNs now = 0; now < 60 * kSecond; now += kSecond / 2) {
      const State truth = fabric.Truth(now, path);
      const DeviceCondition condition = fabric.ConditionAt(now, path);
      changes += (truth == State::kDown) != (before == State::kDown);
      before = truth;
      EXPECT_EQ(Send(fabric, now, path, kIdentity).host_status == 0x01, truth == State::kDown);
      if (truth == State::kDown) conditions.insert(condition);
      EXPECT_TRUE(truth == State::kDown || condition == DeviceCondition::kReady);
    }
    EXPECT_GT(changes, 12);
  }
  EXPECT_EQ(conditions, (std::set{DeviceCondition::kReady, DeviceCondition::kTransportOffline}));
}

TEST(FabricTest, ARemappedLunAnswersAsAnotherUnitFromSomeTimeOn) {
  Story story = kNoStory;
  story.remapped_paths = 0.1;
  const Fabric fabric(Only(story));
  int remapped = 0;
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const std::string own = fabric.PlaceOf(path).wwid;
    bool was = false;
    for (health::TimeNs now = 0; now <= 300 * kSecond; now += 5 * kSecond) {
      const auto page = scsi::ParseVpd83(Ask(fabric, now, path, kIdentity));
      ASSERT_TRUE(page.ok());
      const bool is = scsi::LogicalUnitId(*page).value() != own;
      EXPECT_EQ(is, fabric.Truth(now, path) == State::kWrongLu);
      EXPECT_TRUE(is || !was);
      was = is;
    }
    remapped += was;
  }
  EXPECT_GT(remapped, 20);
  EXPECT_LT(remapped, 60);
}

TEST(FabricTest, AnUnmappedLun0SaysGoodButHasNoUnit) {
  Story story = kNoStory;
  story.unmapped_lun0 = 1;
  const Fabric fabric(Only(story));
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const bool lun0 = fabric.PlaceOf(path).lun == 0;
    EXPECT_EQ(fabric.Truth(300 * kSecond, path) == State::kUnmapped, lun0);
    EXPECT_TRUE(IsGood(Send(fabric, 300 * kSecond, path, scsi::TestUnitReady())));
    const auto inquiry =
        scsi::ParseInquiry(Ask(fabric, 300 * kSecond, path, scsi::StandardInquiry(36)));
    ASSERT_TRUE(inquiry.ok());
    EXPECT_EQ(inquiry->connected(), !lun0);
    const auto luns =
        scsi::ParseReportLuns(Ask(fabric, 300 * kSecond, path, scsi::ReportLuns(4'096)), 4'096);
    ASSERT_TRUE(luns.ok());
    EXPECT_FALSE(luns->Has(0));
    EXPECT_TRUE(luns->Has(1));
  }
}

TEST(FabricTest, AUnitThatIsBeingFormattedIsDownOnAllItsPaths) {
  Story story = kNoStory;
  story.formatted_units = 0.2;
  const Fabric fabric(Only(story));
  int formatted = 0;
  for (std::uint32_t path = 0; path < fabric.paths(); ++path) {
    const bool down = fabric.Truth(kSecond, path) == State::kDown;
    formatted += down;
    EXPECT_EQ(down, fabric.Truth(kSecond, path - path % 4) == State::kDown);
    EXPECT_EQ(Is(Send(fabric, kSecond, path, scsi::TestUnitReady()), 0x2, 0x04, 0x04), down);
  }
  EXPECT_GT(formatted, 40);
  EXPECT_LT(formatted, 140);
}

TEST(FabricTest, OnceHeldATransitionStillEndsAndThenNothingChanges) {
  for (health::TimeNs hold = 100 * kSecond; hold < 120 * kSecond; hold += kSecond) {
    Fabric fabric(Only(AlwaysFailing(), 64));
    fabric.Hold(hold);
    for (std::uint32_t path = 0; path < fabric.paths(); path += 4) {
      const auto groups = fabric.GroupsAt(hold + 4 * kSecond, path);
      EXPECT_NE(groups[0].state, AccessState::kTransitioning);
      EXPECT_EQ(groups, fabric.GroupsAt(hold + 5'000 * kSecond, path));
    }
  }
}

TEST(FabricTest, WhatOnlyInquiryDataShowDoesNotChangeShortlyBeforeItIsHeld) {
  Story story = kNoStory;
  story.remapped_paths = 1;
  const Fabric free(Only(story));
  Fabric held(Only(story));
  held.Hold(200 * kSecond);
  int left_out = 0;
  for (std::uint32_t path = 0; path < held.paths(); ++path) {
    const State early = free.Truth(120 * kSecond, path);
    EXPECT_EQ(held.Truth(120 * kSecond, path), early);
    EXPECT_EQ(held.Truth(1'000 * kSecond, path) == State::kWrongLu, early == State::kWrongLu);
    left_out += free.Truth(200 * kSecond, path) != early;
  }
  EXPECT_GT(left_out, 50);
}

}  // namespace
}  // namespace pathwatch::passthrough
