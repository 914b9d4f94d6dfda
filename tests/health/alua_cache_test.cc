#include "lib/health/alua_cache.h"

#include "gtest/gtest.h"

namespace pathwatch::health {
namespace {

using scsi::AccessState;
using scsi::PortGroup;
using scsi::Rtpg;
using scsi::RtpgOutcome;

constexpr DurationNs kLimit = 60 * kSecond;

PortGroup Group(std::uint16_t id, AccessState state, bool preferred = false) {
  PortGroup group;
  group.id = id;
  group.state = state;
  group.preferred = preferred;
  return group;
}

Rtpg Reply(std::vector<PortGroup> groups) {
  Rtpg reply;
  reply.outcome = RtpgOutcome::kParsed;
  reply.groups = std::move(groups);
  return reply;
}

const auto kNobody = [](std::uint16_t) { return false; };

TEST(AluaCacheTest, TakesOverGroupsAndSaysWhetherSomethingChanged) {
  AluaCache cache;
  cache.BeginRound();
  EXPECT_TRUE(cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 5, kLimit));
  EXPECT_FALSE(cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 6, kLimit));
  EXPECT_TRUE(cache.Absorb(Reply({Group(1, AccessState::kStandby)}), 7, kLimit));
  EXPECT_TRUE(cache.Absorb(Reply({Group(1, AccessState::kStandby, true)}), 8, kLimit));
  ASSERT_NE(cache.Find(1), nullptr);
  EXPECT_EQ(cache.Find(1)->group.state, AccessState::kStandby);
  EXPECT_EQ(cache.Find(1)->since_ns, 7);
  EXPECT_EQ(cache.Find(2), nullptr);
}

TEST(AluaCacheTest, KeepsWhatItHasWhenAReplyIsNoUse) {
  AluaCache cache;
  cache.BeginRound();
  cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 5, kLimit);
  for (const RtpgOutcome outcome :
       {RtpgOutcome::kEmpty, RtpgOutcome::kReissue, RtpgOutcome::kOverCap, RtpgOutcome::kShort,
        RtpgOutcome::kWrongFormat}) {
    Rtpg reply = Reply({Group(1, AccessState::kOffline)});
    reply.outcome = outcome;
    EXPECT_FALSE(cache.Absorb(reply, 6, kLimit));
  }
  EXPECT_EQ(cache.Find(1)->group.state, AccessState::kOptimized);
}

TEST(AluaCacheTest, TheRepliesOfARoundAddUp) {
  AluaCache cache;
  cache.BeginRound();
  cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 5, kLimit);
  cache.Absorb(Reply({Group(2, AccessState::kStandby)}), 6, kLimit);
  EXPECT_FALSE(cache.EndRound(kNobody));
  EXPECT_EQ(cache.groups().size(), 2u);
}

TEST(AluaCacheTest, AGroupThatNoReplyHasIsDroppedUnlessAPathIsInIt) {
  AluaCache cache;
  cache.BeginRound();
  cache.Absorb(Reply({Group(1, AccessState::kOptimized), Group(2, AccessState::kStandby),
                      Group(3, AccessState::kStandby)}),
               5, kLimit);
  cache.EndRound(kNobody);
  cache.BeginRound();
  cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 6, kLimit);
  EXPECT_TRUE(cache.InRound(1));
  EXPECT_FALSE(cache.InRound(2));
  EXPECT_TRUE(cache.EndRound([](std::uint16_t id) { return id == 3; }));
  EXPECT_EQ(cache.Find(2), nullptr);
  EXPECT_NE(cache.Find(3), nullptr);
}

TEST(AluaCacheTest, ATransitionEndsAtItsLimit) {
  AluaCache cache;
  cache.BeginRound();
  cache.Absorb(Reply({Group(1, AccessState::kTransitioning)}), 5, kLimit);
  EXPECT_EQ(cache.Find(1)->transition_deadline_ns, 5 + kLimit);
  cache.Absorb(Reply({Group(1, AccessState::kTransitioning)}), 9, kLimit);
  EXPECT_EQ(cache.Find(1)->transition_deadline_ns, 5 + kLimit);
  cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 10, kLimit);
  EXPECT_EQ(cache.Find(1)->transition_deadline_ns, 0);
}

TEST(AluaCacheTest, TheLimitIsTheArraysOwnIfItGivesOne) {
  AluaCache cache;
  cache.BeginRound();
  Rtpg reply = Reply({Group(1, AccessState::kTransitioning)});
  reply.extended = true;
  cache.NoteTransitionTime(0);
  EXPECT_EQ(cache.TransitionLimit(kLimit), kLimit);
  reply.implicit_transition_s = 30;
  cache.Absorb(reply, 5, kLimit);
  EXPECT_EQ(cache.Find(1)->transition_deadline_ns, 5 + 30 * kSecond);
  EXPECT_EQ(cache.implicit_transition_ns(), 30 * kSecond);
}

TEST(AluaCacheTest, OnlyAKnownGroupCanBeSetTransitioning) {
  AluaCache cache;
  cache.BeginRound();
  cache.Absorb(Reply({Group(1, AccessState::kOptimized)}), 5, kLimit);
  EXPECT_FALSE(cache.SetTransitioning(2, 6, kLimit));
  EXPECT_TRUE(cache.SetTransitioning(1, 6, kLimit));
  EXPECT_FALSE(cache.SetTransitioning(1, 7, kLimit));
  EXPECT_EQ(cache.Find(1)->group.state, AccessState::kTransitioning);
  EXPECT_EQ(cache.Find(1)->transition_deadline_ns, 6 + kLimit);
}

TEST(AluaCacheTest, NeverHoldsMoreGroupsThanItsMaximum) {
  AluaCache cache;
  cache.BeginRound();
  for (std::uint16_t id = 0; id < 300; ++id) {
    cache.Absorb(Reply({Group(id, AccessState::kOptimized)}), 5, kLimit);
  }
  EXPECT_EQ(cache.groups().size(), scsi::kPortGroupsMax);
  EXPECT_TRUE(cache.cut());
  EXPECT_EQ(cache.Find(256), nullptr);
}

}  // namespace
}  // namespace pathwatch::health
