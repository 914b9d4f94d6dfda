#include "service/daemon/record.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::service {
namespace {

using health::kSecond;

KnownPath SomePath() {
  KnownPath path;
  path.id = 1;
  path.host = 2;
  path.nexus = 3;
  path.lun = 4;
  path.facts.hctl = {3, 0, 1, 7};
  path.facts.generation = 99;
  path.facts.nexus = "3:0:1";
  path.facts.lu_id = "36001405000000000";
  path.facts.sd_name = "sdc";
  path.facts.sd_dev = 0x820;
  path.facts.sg_name = "sg4";
  path.facts.bsg_name = "3:0:1:7";
  path.facts.vendor = "LIO-ORG";
  return path;
}

TEST(RecordTest, FactsAreTakenOver) {
  const pw_path_record record = RecordOfFacts(SomePath());
  EXPECT_EQ(record.host, 3u);
  EXPECT_EQ(record.target, 1u);
  EXPECT_EQ(record.lun, 7u);
  EXPECT_EQ(record.generation, 99u);
  EXPECT_EQ(record.lun_index, 4u);
  EXPECT_EQ(record.nexus_index, 3u);
  EXPECT_EQ(record.host_index, 2u);
  EXPECT_STREQ(record.sd_name, "sdc");
  EXPECT_EQ(record.sd_devt, 0x820u);
  EXPECT_STREQ(record.sg_name, "sg4");
  EXPECT_STREQ(record.wwid, "36001405000000000");
  EXPECT_STREQ(record.vendor, "LIO-ORG");
  EXPECT_EQ(record.alua_state, PW_ALUA_UNKNOWN);
  EXPECT_EQ(record.flags, PW_PATH_HAS_BSG);
}

TEST(RecordTest, ATextThatIsTooLongIsCutAndStillEnds) {
  KnownPath path = SomePath();
  path.facts.lu_id = std::string(500, 'x');
  const pw_path_record record = RecordOfFacts(path);
  EXPECT_EQ(std::string(record.wwid).size(), sizeof record.wwid - 1);
}

health::PathStatus DownStatus() {
  health::PathStatus status;
  status.standing.state = health::State::kDown;
  status.standing.scope = health::Scope::kLogicalUnit;
  status.standing.unconfirmed = true;
  status.standing.reason.kind = health::ReasonKind::kExhausted;
  status.standing.reason.code.status = 0x02;
  status.standing.reason.code.sense_key = 0x0b;
  status.standing.reason.code.has_sense = true;
  status.standing.since_ns = 5 * kSecond;
  status.latency_ns = 1'500'000;
  status.valid_until_ns = 20 * kSecond;
  status.checks = 12;
  return status;
}

TEST(RecordTest, TheStatusIsTakenOver) {
  pw_path_record record = RecordOfFacts(SomePath());
  SetStatus(DownStatus(), record);
  EXPECT_EQ(record.state, PW_STATE_DOWN);
  EXPECT_EQ(record.scope, PW_SCOPE_LU);
  EXPECT_EQ(record.flags, PW_PATH_HAS_BSG | PW_PATH_UNCONFIRMED);
  EXPECT_EQ(record.reason_kind, PW_REASON_RETRIES_EXHAUSTED);
  EXPECT_EQ(record.reason_code.sense_key, 0x0b);
  EXPECT_EQ(record.reason_code.flags, PW_CODE_HAS_SENSE);
  EXPECT_EQ(record.latency_us, 1'500u);
  EXPECT_EQ(record.valid_until_boottime_ns, 20 * kSecond);
  health::PathStatus confirmed = DownStatus();
  confirmed.standing.unconfirmed = false;
  SetStatus(confirmed, record);
  EXPECT_EQ(record.flags, PW_PATH_HAS_BSG);
}

TEST(RecordTest, WhatWasPublishedCanBeCarriedOver) {
  pw_path_record record = RecordOfFacts(SomePath());
  SetStatus(DownStatus(), record);
  const auto standing = RestoredStanding(record);
  ASSERT_TRUE(standing.has_value());
  EXPECT_EQ(*standing, DownStatus().standing);
}

TEST(RecordTest, EveryReasonSurvivesARestart) {
  using Kind = health::ReasonKind;
  for (const Kind kind : {Kind::kNone, Kind::kReply, Kind::kDeadline, Kind::kNexusSilent,
                          Kind::kNoNode, Kind::kDeleted, Kind::kExhausted}) {
    health::PathStatus status = DownStatus();
    status.standing.reason.kind = kind;
    pw_path_record record{};
    SetStatus(status, record);
    EXPECT_EQ(RestoredStanding(record)->reason.kind, kind) << static_cast<int>(kind);
  }
}

TEST(RecordTest, NothingIsCarriedOverFromUnknownRemovedOrNewerStates) {
  pw_path_record record{};
  for (const int state : {+PW_STATE_UNKNOWN, +PW_STATE_REMOVED, +PW_STATES, 255}) {
    record.state = static_cast<std::uint8_t>(state);
    EXPECT_FALSE(RestoredStanding(record).has_value()) << state;
  }
  record.state = PW_STATE_UP;
  record.scope = 200;
  EXPECT_FALSE(RestoredStanding(record).has_value());
}

}  // namespace
}  // namespace pathwatch::service
