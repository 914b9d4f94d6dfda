#include "lib/scsi/rtpg.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tests/scsi/hex.h"
#include "tests/scsi/vectors.h"

namespace pathwatch::scsi {
namespace {

std::string Show(const PortGroup& group) {
  const std::string state = group.state == AccessState::kUnknown
                                ? absl::StrFormat("unknown(%X)", group.state_code)
                                : absl::StrFormat("%X", static_cast<int>(group.state));
  return absl::StrFormat(" {%d state=%s%s sup=%02X sc=%d ports=%s}", group.id, state,
                         group.preferred ? " pref" : "", group.support, group.status_code,
                         absl::StrJoin(group.ports, ","));
}

std::string Outcome(const Rtpg& rtpg) {
  switch (rtpg.outcome) {
    case RtpgOutcome::kParsed:
      return "PARSED";
    case RtpgOutcome::kEmpty:
      return "EMPTY";
    case RtpgOutcome::kReissue:
      return absl::StrCat("REISSUE(", rtpg.reissue_length, ")");
    case RtpgOutcome::kOverCap:
      return "OVERCAP";
    case RtpgOutcome::kShort:
      return "SHORT";
    case RtpgOutcome::kWrongFormat:
      return "FORMAT";
  }
  return "?";
}

// Everything in one line, so that a difference is readable.
std::string Show(const Rtpg& rtpg) {
  std::string text = Outcome(rtpg);
  if (rtpg.extended) absl::StrAppend(&text, " ext itt=", rtpg.implicit_transition_s);
  for (const PortGroup& group : rtpg.groups) text += Show(group);
  if ((rtpg.flags & kRtpgShortTransfer) != 0) text += " SHORT_XFER";
  if ((rtpg.flags & kRtpgPortsShort) != 0) text += " PORTS_SHORT";
  if ((rtpg.flags & kRtpgTrailing) != 0) absl::StrAppend(&text, " TRAIL", rtpg.trailing_bytes);
  if ((rtpg.flags & kRtpgDuplicate) != 0) text += " DUP";
  if ((rtpg.flags & kRtpgTooMany) != 0) text += " TOO_MANY";
  return text;
}

class RtpgVectorTest : public testing::TestWithParam<vectors::RtpgVector> {};

TEST_P(RtpgVectorTest, ParsesAsExpected) {
  const auto bytes = Hex(GetParam().hex);
  EXPECT_EQ(Show(ParseRtpg(bytes, GetParam().allocation_length)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Rtpg, RtpgVectorTest, testing::ValuesIn(vectors::kRtpg),
                         [](const auto& row) { return std::string(row.param.name); });

// `count` groups with the ids 1, 2, ... and one port each.
std::vector<std::uint8_t> ReplyWithGroups(unsigned count) {
  std::vector<std::uint8_t> bytes = Hex(absl::StrFormat("%08x", 12 * count));
  for (unsigned id = 1; id <= count; ++id) {
    const auto group = Hex(absl::StrFormat("00cf%04x 00000001 0000%04x", id, id));
    bytes.insert(bytes.end(), group.begin(), group.end());
  }
  return bytes;
}

TEST(RtpgTest, EveryStateOfTheStandardHasItsName) {
  const auto state_of = [](unsigned code) {
    const auto bytes = Hex(absl::StrFormat("00000008 %02x000001 00000000", code));
    return ParseRtpg(bytes, 4096).groups.at(0).state;
  };
  EXPECT_EQ(state_of(0x0), AccessState::kOptimized);
  EXPECT_EQ(state_of(0x1), AccessState::kNonOptimized);
  EXPECT_EQ(state_of(0x2), AccessState::kStandby);
  EXPECT_EQ(state_of(0x3), AccessState::kUnavailable);
  EXPECT_EQ(state_of(0x4), AccessState::kLbaDependent);
  EXPECT_EQ(state_of(0xE), AccessState::kOffline);
  EXPECT_EQ(state_of(0xF), AccessState::kTransitioning);
  for (unsigned code = 0x5; code <= 0xD; ++code) {
    EXPECT_EQ(state_of(code), AccessState::kUnknown) << code;
  }
}

TEST(RtpgTest, TwoHundredFiftySixGroupsFit) {
  const Rtpg rtpg = ParseRtpg(ReplyWithGroups(256), 65536);
  EXPECT_EQ(rtpg.outcome, RtpgOutcome::kParsed);
  EXPECT_EQ(rtpg.groups.size(), 256u);
  EXPECT_EQ(rtpg.flags, 0);
}

TEST(RtpgTest, GroupsBeyondTheLimitAreFlaggedAndTheFirstOnesKept) {
  const Rtpg rtpg = ParseRtpg(ReplyWithGroups(257), 65536);
  EXPECT_EQ(rtpg.outcome, RtpgOutcome::kParsed);
  ASSERT_EQ(rtpg.groups.size(), 256u);
  EXPECT_EQ(rtpg.groups.front().id, 1);
  EXPECT_EQ(rtpg.groups.back().id, 256);
  EXPECT_EQ(rtpg.flags, kRtpgTooMany);
}

TEST(RtpgTest, LengthAtTheCapIsAskedForAndOneMoreIsRefused) {
  EXPECT_EQ(Show(ParseRtpg(Hex("0000fffc"), 4)), "REISSUE(65536)");
  EXPECT_EQ(Show(ParseRtpg(Hex("0000fffd"), 4)), "OVERCAP");
}

TEST(RtpgTest, OverlongLengthIsRefusedAfterAShortTransferToo) {
  EXPECT_EQ(Show(ParseRtpg(Hex("ffffffff 00cf0001 00000001 00000001"), 4096)), "OVERCAP");
}

TEST(RtpgTest, NothingReceivedIsShort) { EXPECT_EQ(Show(ParseRtpg({}, 4096)), "SHORT"); }

TEST(RtpgTest, LeftOverBytesAfterAPortListThatFits) {
  EXPECT_EQ(Show(ParseRtpg(Hex("0000000d 00cf0001 00000001 00000001 ff"), 4096)),
            "PARSED {1 state=0 sup=CF sc=0 ports=1} TRAIL1");
}

TEST(RtpgTest, APartOfAPortIsNotAPort) {
  EXPECT_EQ(Show(ParseRtpg(Hex("0000000b 00cf0001 00000001 000000"), 4096)),
            "PARSED {1 state=0 sup=CF sc=0 ports=} PORTS_SHORT");
}

TEST(RtpgTest, FailedRepliesCarryNoGroups) {
  const Rtpg rtpg = ParseRtpg(Hex("00000018 82cf0001 00020001 00000001"), 16);
  EXPECT_EQ(rtpg.outcome, RtpgOutcome::kReissue);
  EXPECT_TRUE(rtpg.groups.empty());
}

}  // namespace
}  // namespace pathwatch::scsi
