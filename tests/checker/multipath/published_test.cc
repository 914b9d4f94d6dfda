// What each published state means to multipathd, without the memory of earlier calls.
#include "lib/checker/multipath/published.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/checker/multipath/records.h"

namespace pathwatch::checker {
namespace {

pwm_word WordOf(const pwm_published& published) { return pwm_word_of(&published, kNow, kTimeout); }

void ExpectState(const pwm_published& published, pwm_state state, pwm_message message) {
  const pwm_word word = WordOf(published);
  EXPECT_EQ(word.says, PWM_SAYS_STATE);
  EXPECT_EQ(word.state, state);
  EXPECT_EQ(word.message, message);
}

void ExpectOther(const pwm_published& published, pwm_says says, pwm_message message) {
  const pwm_word word = WordOf(published);
  EXPECT_EQ(word.says, says);
  EXPECT_EQ(word.message, message);
}

TEST(PublishedTest, UsablePathsAreWhatTheyAre) {
  ExpectState(Published(PW_STATE_UP), PWM_UP, PWM_MESSAGE_UP);
  ExpectState(Published(PW_STATE_GHOST), PWM_GHOST, PWM_MESSAGE_GHOST);
}

TEST(PublishedTest, MarginalIsNoState) {
  pwm_published published = Published(PW_STATE_UP);
  published.record.flags = PW_PATH_MARGINAL | PW_PATH_PREFERRED | PW_PATH_OTHER_MAP;
  ExpectState(published, PWM_UP, PWM_MESSAGE_UP);
}

TEST(PublishedTest, UsableOnlyWhenConfirmedInForceAndFromADaemonThatLives) {
  for (const pw_state state : {PW_STATE_UP, PW_STATE_GHOST}) {
    pwm_published published = Published(state);
    published.record.flags = PW_PATH_UNCONFIRMED;
    ExpectOther(published, PWM_SAYS_UNSURE, PWM_MESSAGE_UNCONFIRMED);

    published = Published(state);
    published.record.valid_until_boottime_ns = kNow;
    EXPECT_EQ(WordOf(published).says, PWM_SAYS_STATE) << "until then";
    published.record.valid_until_boottime_ns = kNow - 1;
    ExpectOther(published, PWM_SAYS_UNSURE, PWM_MESSAGE_EXPIRED);
    published.record.valid_until_boottime_ns = 0;
    ExpectOther(published, PWM_SAYS_UNSURE, PWM_MESSAGE_EXPIRED);

    published = Published(state);
    published.heartbeat_age_ns = PWM_HEARTBEAT_YOUNG_NS - 1;
    EXPECT_EQ(WordOf(published).says, PWM_SAYS_STATE);
    for (const std::int64_t age : {PWM_HEARTBEAT_YOUNG_NS, -PWM_HEARTBEAT_YOUNG_NS}) {
      published.heartbeat_age_ns = age;
      ExpectOther(published, PWM_SAYS_UNSURE, PWM_MESSAGE_HEARTBEAT_LATE);
    }
  }
}

TEST(PublishedTest, CheckIsAskedForUnlessOneIsYoungOrOut) {
  pwm_published published = Published(PW_STATE_UP);
  published.record.flags = PW_PATH_UNCONFIRMED;
  EXPECT_TRUE(WordOf(published).check_now);

  published.record.last_check_sent_boottime_ns = kNow - kSecond + 1;
  published.record.last_check_done_boottime_ns = kNow - kSecond + 2;
  EXPECT_FALSE(WordOf(published).check_now) << "younger than a second";

  published.record.last_check_sent_boottime_ns = kNow - 3 * kSecond;
  published.record.last_check_done_boottime_ns = kNow - 8 * kSecond;
  EXPECT_FALSE(WordOf(published).check_now) << "one is out";

  published.record.last_check_done_boottime_ns = kNow - 2 * kSecond;
  published.record.oldest_unanswered_boottime_ns = kNow - 9 * kSecond;
  EXPECT_FALSE(WordOf(published).check_now) << "one is late";
}

TEST(PublishedTest, CheckIsNotAskedForWhenItWouldNotHelp) {
  EXPECT_FALSE(WordOf(Published(PW_STATE_UP)).check_now);
  EXPECT_FALSE(WordOf(Published(PW_STATE_DOWN)).check_now);
  EXPECT_FALSE(WordOf(Failure(PW_BUSY)).check_now);
  EXPECT_FALSE(WordOf(Failure(PW_NO_FILE)).check_now);
}

TEST(PublishedTest, PathsThatDoNotWorkAreDown) {
  ExpectState(Published(PW_STATE_DOWN), PWM_DOWN, PWM_MESSAGE_DOWN);
  ExpectState(Published(PW_STATE_UNAVAILABLE), PWM_DOWN, PWM_MESSAGE_UNAVAILABLE);
  ExpectState(Published(PW_STATE_WRONG_LU), PWM_DOWN, PWM_MESSAGE_WRONG_LU);
  ExpectState(Published(PW_STATE_REMOVED), PWM_DOWN, PWM_MESSAGE_REMOVED);
}

TEST(PublishedTest, PathThatTheConfigurationLeavesOutIsNotDown) {
  pwm_published published = Published(PW_STATE_REMOVED);
  published.record.reason_kind = PW_REASON_LEFT_OUT;
  ExpectOther(published, PWM_SAYS_NOTHING, PWM_MESSAGE_LEFT_OUT);
}

TEST(PublishedTest, OnlyTheExactSenseMakesAnUnmappedPathDisconnected) {
  pwm_published published = Published(PW_STATE_UNMAPPED);
  ExpectState(published, PWM_DOWN, PWM_MESSAGE_UNMAPPED);
  pw_code& code = published.record.reason_code;
  code = {0, 0, 0x02, 0x5, 0x25, 0x00, PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC, {}};
  ExpectState(published, PWM_DISCONNECTED, PWM_MESSAGE_UNMAPPED);
  const pw_code exact = code;
  const auto expect_down = [&](const char* what, auto change) {
    code = exact;
    change(code);
    EXPECT_EQ(WordOf(published).state, PWM_DOWN) << what;
  };
  expect_down("another ascq", [](pw_code& c) { c.ascq = 1; });
  expect_down("another asc", [](pw_code& c) { c.asc = 0x24; });
  expect_down("another key", [](pw_code& c) { c.sense_key = 2; });
  expect_down("code unknown", [](pw_code& c) { c.flags = PW_CODE_HAS_SENSE; });
  expect_down("deferred", [](pw_code& c) { c.flags |= PW_CODE_DEFERRED; });
  expect_down("GOOD", [](pw_code& c) { c.status = 0; });
  expect_down("host status", [](pw_code& c) { c.host_status = 1; });
  expect_down("errno", [](pw_code& c) { c.error = 5; });
}

TEST(PublishedTest, TransitionLastsUntilItsLimit) {
  pwm_published published = Published(PW_STATE_TRANSITIONING);
  published.heartbeat_age_ns = 0;
  const auto lasting = [&](std::int64_t seconds, std::uint32_t limit) {
    published.record.since_boottime_ns = kNow - seconds * kSecond;
    published.transition_limit_s = limit;
    return WordOf(published);
  };
  EXPECT_EQ(lasting(59, 0).says, PWM_SAYS_WAIT);
  EXPECT_EQ(lasting(60, 0).says, PWM_SAYS_STATE) << "the usual limit";
  EXPECT_EQ(lasting(60, 0).state, PWM_DOWN);
  EXPECT_EQ(lasting(60, 0).message, PWM_MESSAGE_TRANSITION_TOO_LONG);
  EXPECT_EQ(lasting(119, 120).says, PWM_SAYS_WAIT);
  EXPECT_EQ(lasting(120, 120).says, PWM_SAYS_STATE);
  EXPECT_EQ(lasting(4, 5).says, PWM_SAYS_WAIT);
  EXPECT_EQ(lasting(5, 5).says, PWM_SAYS_STATE);
  EXPECT_EQ(lasting(255, ~0U).says, PWM_SAYS_STATE) << "no array can say more than 255 s";
  EXPECT_EQ(lasting(1, 100).state, PWM_DOWN) << "in the end";
  EXPECT_EQ(lasting(1, 100).limit_ns, 100 * kSecond);
}

TEST(PublishedTest, CommandWithoutAnAnswerIsTimedOutAfterTheCheckersTimeout) {
  pwm_published published = Published(PW_STATE_NO_ANSWER);
  published.heartbeat_age_ns = 0;
  pw_path_record& record = published.record;
  record.oldest_unanswered_boottime_ns = kNow - kTimeout + 1;
  ExpectOther(published, PWM_SAYS_WAIT, PWM_MESSAGE_NO_ANSWER_YET);
  EXPECT_EQ(WordOf(published).state, PWM_TIMEOUT) << "in the end";
  record.oldest_unanswered_boottime_ns = kNow - kTimeout;
  ExpectState(published, PWM_TIMEOUT, PWM_MESSAGE_NO_ANSWER);
  record.oldest_unanswered_boottime_ns = 0;
  record.since_boottime_ns = kNow - kTimeout + 1;
  ExpectOther(published, PWM_SAYS_WAIT, PWM_MESSAGE_NO_ANSWER_YET);
  record.since_boottime_ns = kNow - kTimeout;
  ExpectState(published, PWM_TIMEOUT, PWM_MESSAGE_NO_ANSWER);
}

TEST(PublishedTest, WhatLastsOnlyBecauseTheDaemonDoesNotLookHasNotLasted) {
  pwm_published published = Published(PW_STATE_NO_ANSWER);
  published.record.oldest_unanswered_boottime_ns = kNow - kTimeout - 4 * kSecond;
  published.heartbeat_age_ns = 5 * kSecond;
  ExpectOther(published, PWM_SAYS_WAIT, PWM_MESSAGE_NO_ANSWER_YET);
  EXPECT_EQ(WordOf(published).state, PWM_UNCHECKED) << "in the end";
  published.heartbeat_age_ns = 4 * kSecond;
  ExpectState(published, PWM_TIMEOUT, PWM_MESSAGE_NO_ANSWER);

  published = Published(PW_STATE_TRANSITIONING);
  published.record.since_boottime_ns = kNow - 64 * kSecond;
  published.heartbeat_age_ns = 5 * kSecond;
  ExpectOther(published, PWM_SAYS_WAIT, PWM_MESSAGE_TRANSITION);
  EXPECT_EQ(WordOf(published).state, PWM_UNCHECKED) << "in the end";
  published.heartbeat_age_ns = 4 * kSecond;
  ExpectState(published, PWM_DOWN, PWM_MESSAGE_TRANSITION_TOO_LONG);
}

TEST(PublishedTest, TimesThatCannotBeDoNoHarm) {
  for (const std::int64_t time : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    for (unsigned state = 0; state < 20; ++state) {
      pwm_published published = Published(state);
      published.record.flags = PW_PATH_UNCONFIRMED;
      published.record.since_boottime_ns = time;
      published.record.oldest_unanswered_boottime_ns = time;
      published.record.last_check_sent_boottime_ns = time;
      published.record.last_check_done_boottime_ns = time;
      published.record.valid_until_boottime_ns = time;
      const pwm_word word = WordOf(published);
      EXPECT_FALSE(word.says == PWM_SAYS_STATE && word.state == PWM_UP);
    }
  }
}

TEST(PublishedTest, StatesThatSayNothing) {
  ExpectOther(Published(PW_STATE_UNKNOWN), PWM_SAYS_NOTHING, PWM_MESSAGE_STATE_UNKNOWN);
  for (unsigned state = PW_STATES; state < 256; ++state) {
    ExpectOther(Published(state), PWM_SAYS_NOTHING, PWM_MESSAGE_STATE_NEWER);
  }
}

TEST(PublishedTest, FilesThatSayNothingEachForAReasonOfItsOwn) {
  ExpectOther(Failure(PW_NO_FILE), PWM_SAYS_NOTHING, PWM_MESSAGE_NO_FILE);
  ExpectOther(Failure(PW_NOT_ALLOWED), PWM_SAYS_NOTHING, PWM_MESSAGE_UNREADABLE);
  ExpectOther(Failure(PW_CANNOT_READ), PWM_SAYS_NOTHING, PWM_MESSAGE_UNREADABLE);
  ExpectOther(Failure(PW_CLOSED), PWM_SAYS_NOTHING, PWM_MESSAGE_UNREADABLE);
  ExpectOther(Failure(PW_NOT_REGULAR), PWM_SAYS_NOTHING, PWM_MESSAGE_UNTRUSTED);
  ExpectOther(Failure(PW_UNTRUSTED), PWM_SAYS_NOTHING, PWM_MESSAGE_UNTRUSTED);
  ExpectOther(Failure(PW_FOREIGN), PWM_SAYS_NOTHING, PWM_MESSAGE_FOREIGN);
  ExpectOther(Failure(PW_OTHER_MAJOR), PWM_SAYS_NOTHING, PWM_MESSAGE_OTHER_MAJOR);
  ExpectOther(Failure(PW_TRUNCATED), PWM_SAYS_NOTHING, PWM_MESSAGE_DAMAGED);
  ExpectOther(Failure(PW_DAMAGED), PWM_SAYS_NOTHING, PWM_MESSAGE_DAMAGED);
  ExpectOther(Failure(PW_NOT_FOUND), PWM_SAYS_NOTHING, PWM_MESSAGE_NOT_FOUND);
  ExpectOther(Stale(11 * kSecond), PWM_SAYS_NOTHING, PWM_MESSAGE_STALE);
  ExpectOther(Failure(PW_BUSY), PWM_SAYS_UNSURE, PWM_MESSAGE_BUSY);
}

TEST(PublishedTest, StaleSinceTheHeartbeatWasTenSecondsOld) {
  EXPECT_EQ(WordOf(Stale(14 * kSecond)).since_ns, kNow - 4 * kSecond);
  EXPECT_EQ(WordOf(Stale(-14 * kSecond)).since_ns, 0) << "of another boot";
  EXPECT_EQ(WordOf(Stale(0)).since_ns, 0) << "never";
}

TEST(MessagesTest, EachHasATextOfItsOwn) {
  std::set<std::string> texts;
  for (int message = PWM_MESSAGE_UP; message < PWM_MESSAGES_END; ++message) {
    const char* const text = libcheck_msgtable[message - PWM_MESSAGE_UP];
    ASSERT_NE(text, nullptr) << message;
    EXPECT_TRUE(text[0] == ' ' || text[0] == ':') << text << ": multipathd puts nothing before it";
    texts.insert(pwm_reason(static_cast<pwm_message>(message)));
  }
  EXPECT_EQ(texts.size(), std::size_t{PWM_MESSAGES_END - PWM_MESSAGE_UP});
  EXPECT_EQ(libcheck_msgtable[PWM_MESSAGES_END - PWM_MESSAGE_UP], nullptr);
  EXPECT_LE(PWM_MESSAGES_END - PWM_MESSAGE_UP, 100) << "multipathd reads no more";
  EXPECT_STREQ(pwm_reason(PWM_MESSAGES_END), "unknown reason");
}

}  // namespace
}  // namespace pathwatch::checker
