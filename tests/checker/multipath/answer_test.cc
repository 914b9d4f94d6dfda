// Call after call about one path: how long PENDING lasts, and who checks the path.
#include "lib/checker/multipath/answer.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/checker/multipath/records.h"

namespace pathwatch::checker {
namespace {

// A path that multipathd asks about.
class AnswerTest : public testing::Test {
 protected:
  // Asks about the path as it is published at that moment.
  pwm_answer Ask(const pwm_published& published) {
    const pwm_question question = {now_, timeout_, devt_, asked_once_, never_answered_};
    return pwm_answer_to(&question, &published, &memory_);
  }
  pwm_answer AskAfter(std::int64_t seconds, const pwm_published& published) {
    now_ += seconds * kSecond;
    return Ask(published);
  }
  // Asks every second until the answer is not PENDING or an own check is to be begun; for how long
  // that was, in seconds.
  std::int64_t SecondsPending(const pwm_published& published) {
    for (std::int64_t seconds = 0; seconds < 1000; ++seconds) {
      last_ = AskAfter(seconds == 0 ? 0 : 1, published);
      if (last_.state != PWM_PENDING || last_.begin_own) return seconds;
    }
    return -1;
  }
  // Asks with nothing published until an own check is out.
  void FallBack() {
    SecondsPending(Failure(PW_NO_FILE));
    ASSERT_TRUE(last_.begin_own);
  }

  std::int64_t now_ = kNow;
  std::int64_t timeout_ = kTimeout;
  std::uint64_t devt_ = 0x810;
  bool asked_once_ = false;
  bool never_answered_ = false;
  pwm_memory memory_{};
  pwm_answer last_{};
};

const pwm_published kNothing = Failure(PW_NO_FILE);

pwm_published Unconfirmed(std::int64_t now) {
  pwm_published published = Published(PW_STATE_UP, now);
  published.record.flags = PW_PATH_UNCONFIRMED;
  return published;
}

TEST_F(AnswerTest, PublishedStateIsTheAnswerAndNothingIsBegun) {
  for (int call = 0; call < 100; ++call) {
    const pwm_answer answer = AskAfter(5, Published(PW_STATE_UP, now_ + 5 * kSecond));
    EXPECT_EQ(answer.state, PWM_UP);
    EXPECT_FALSE(answer.begin_own || answer.check_now);
  }
}

TEST_F(AnswerTest, UnconfirmedPathIsPendingUntilTheDaemonHasCheckedIt) {
  pwm_answer answer = Ask(Unconfirmed(now_));
  EXPECT_EQ(answer.state, PWM_PENDING);
  EXPECT_TRUE(answer.check_now);
  answer = AskAfter(1, Published(PW_STATE_UP, now_ + kSecond));
  EXPECT_EQ(answer.state, PWM_UP);
  EXPECT_FALSE(memory_.pending);
}

TEST_F(AnswerTest, UnconfirmedPathIsCheckedByItselfAfterTheGrace) {
  EXPECT_EQ(SecondsPending(Unconfirmed(now_)), 9);
  EXPECT_TRUE(last_.begin_own);
  EXPECT_EQ(last_.state, PWM_PENDING);
  EXPECT_EQ(last_.reason, PWM_MESSAGE_UNCONFIRMED);
}

TEST_F(AnswerTest, OwnVerdictIsTheAnswerOnceAndTheNextCallBeginsAnother) {
  const struct {
    pwm_tur verdict;
    pwm_state state;
    pwm_message message;
  } cases[] = {
      {PWM_TUR_UP, PWM_UP, PWM_MESSAGE_OWN_UP},
      {PWM_TUR_GHOST, PWM_GHOST, PWM_MESSAGE_OWN_GHOST},
      {PWM_TUR_DOWN, PWM_DOWN, PWM_MESSAGE_OWN_DOWN},
      {PWM_TUR_UNMAPPED, PWM_DISCONNECTED, PWM_MESSAGE_OWN_UNMAPPED},
      {PWM_TUR_NO_COMMANDS, PWM_WILD, PWM_MESSAGE_OWN_NO_COMMANDS},
  };
  FallBack();
  for (const auto& expected : cases) {
    pwm_own_done(&memory_, expected.verdict);
    pwm_answer answer = AskAfter(1, kNothing);
    EXPECT_EQ(answer.state, expected.state);
    EXPECT_EQ(answer.message, expected.message);
    EXPECT_FALSE(answer.begin_own);
    answer = AskAfter(5, kNothing);
    EXPECT_EQ(answer.state, PWM_PENDING);
    EXPECT_TRUE(answer.begin_own);
  }
}

TEST_F(AnswerTest, OwnCheckThatIsOutIsPendingForTheTimeoutAndThenTimedOutUntilItIsBack) {
  FallBack();
  EXPECT_EQ(SecondsPending(kNothing), 30);
  EXPECT_EQ(last_.state, PWM_TIMEOUT);
  for (int call = 0; call < 50; ++call) {
    last_ = AskAfter(5, kNothing);
    EXPECT_EQ(last_.state, PWM_TIMEOUT);
    EXPECT_FALSE(last_.begin_own) << "one at a time";
  }
  pwm_own_done(&memory_, PWM_TUR_UP);
  EXPECT_EQ(AskAfter(5, kNothing).state, PWM_UP);
}

TEST_F(AnswerTest, OwnTransitionIsPendingUntilTheUsualLimit) {
  FallBack();
  const std::int64_t since = memory_.pending_since_ns;
  while (now_ - since < 69 * kSecond) {
    pwm_own_done(&memory_, PWM_TUR_TRANSITION);
    EXPECT_EQ(AskAfter(1, kNothing).state, PWM_PENDING);
    last_ = Ask(kNothing);
    EXPECT_EQ(last_.state, PWM_PENDING);
    EXPECT_TRUE(last_.begin_own);
  }
  pwm_own_done(&memory_, PWM_TUR_TRANSITION);
  last_ = AskAfter(1, kNothing);
  EXPECT_EQ(last_.state, PWM_DOWN);
  EXPECT_EQ(last_.message, PWM_MESSAGE_OWN_TRANSITION_TOO_LONG);
}

TEST_F(AnswerTest, PathwatchThatIsBackHasThePathAtOnceAndTheOwnVerdictIsThrownAway) {
  FallBack();
  EXPECT_EQ(AskAfter(1, Published(PW_STATE_DOWN)).state, PWM_DOWN);
  EXPECT_FALSE(memory_.falling_back);
  pwm_own_done(&memory_, PWM_TUR_UP);
  EXPECT_EQ(AskAfter(1, Published(PW_STATE_DOWN)).state, PWM_DOWN);
}

TEST_F(AnswerTest, VerdictOfAnEarlierTimeIsNoAnswerWhenPathwatchFailsAnew) {
  FallBack();
  AskAfter(1, Published(PW_STATE_DOWN));
  SecondsPending(kNothing);
  EXPECT_FALSE(last_.begin_own) << "the one of before is still out";
  pwm_own_done(&memory_, PWM_TUR_UP);
  last_ = AskAfter(1, kNothing);
  EXPECT_NE(last_.state, PWM_UP);
  EXPECT_TRUE(last_.begin_own);
  pwm_own_done(&memory_, PWM_TUR_UP);
  EXPECT_EQ(AskAfter(1, kNothing).state, PWM_UP);
}

TEST_F(AnswerTest, VerdictThatNobodyHasTakenIsNoAnswerLater) {
  FallBack();
  pwm_own_done(&memory_, PWM_TUR_UP);
  EXPECT_EQ(AskAfter(1, Published(PW_STATE_DOWN)).state, PWM_DOWN);
  SecondsPending(kNothing);
  EXPECT_TRUE(last_.begin_own);
  EXPECT_EQ(last_.state, PWM_PENDING);
}

TEST_F(AnswerTest, PathGoesOnCheckingItselfWhilePathwatchIsUnsure) {
  FallBack();
  pwm_own_done(&memory_, PWM_TUR_UP);
  EXPECT_EQ(AskAfter(1, Unconfirmed(now_)).state, PWM_UP);
  last_ = AskAfter(5, Unconfirmed(now_));
  EXPECT_TRUE(last_.begin_own) << "without patience anew";
  EXPECT_TRUE(last_.check_now);
}

TEST_F(AnswerTest, StaleFileIsFollowedByOwnChecksThatAreSpread) {
  std::set<std::int64_t> starts;
  for (std::uint64_t disk = 0; disk < 200; ++disk) {
    devt_ = 0x800 + 16 * disk;
    memory_ = {};
    now_ = kNow;
    // The last heartbeat was at kNow - 2 s.
    pwm_published late = Published(PW_STATE_UP);
    late.heartbeat_age_ns = 2 * kSecond;
    EXPECT_EQ(Ask(late).state, PWM_PENDING);
    now_ = kNow + 8 * kSecond;
    last_ = {};
    while (!last_.begin_own && now_ < kNow + 20 * kSecond) {
      now_ += kSecond / 100;
      last_ = Ask(Stale(now_ - kNow + 2 * kSecond));
    }
    starts.insert(now_ - kNow);
  }
  EXPECT_GE(*starts.begin(), 8 * kSecond) << "not before it is stale";
  EXPECT_LE(*starts.rbegin(), 9 * kSecond + kSecond / 100) << "with the whole timeout left";
  EXPECT_GT(starts.size(), 50u);
}

TEST_F(AnswerTest, MissingPathsBeginToCheckThemselvesSpreadOverTheirPatience) {
  std::set<std::int64_t> starts;
  for (std::uint64_t disk = 0; disk < 200; ++disk) {
    devt_ = 0x800 + 16 * disk;
    memory_ = {};
    now_ = kNow;
    starts.insert(SecondsPending(Failure(PW_NOT_FOUND)));
  }
  EXPECT_EQ(*starts.begin(), 1);
  EXPECT_EQ(*starts.rbegin(), 9);
  EXPECT_EQ(starts.size(), 9u);
}

TEST_F(AnswerTest, ProcessThatHasNeverHeardOfPathwatchChecksAtOnce) {
  never_answered_ = true;
  last_ = Ask(kNothing);
  EXPECT_TRUE(last_.begin_own);
  EXPECT_EQ(last_.state, PWM_PENDING);
}

TEST_F(AnswerTest, ProgramThatAsksOnceGetsAnOwnCheckForAllThatWouldBeUnsure) {
  asked_once_ = true;
  for (const pwm_published& published : {kNothing, Unconfirmed(now_), Failure(PW_BUSY)}) {
    memory_ = {};
    EXPECT_TRUE(Ask(published).begin_own);
    pwm_own_done(&memory_, PWM_TUR_GHOST);
    EXPECT_EQ(Ask(published).state, PWM_GHOST);
  }
  memory_ = {};
  EXPECT_FALSE(Ask(Published(PW_STATE_UP)).begin_own);
  EXPECT_FALSE(Ask(Published(PW_STATE_TRANSITIONING)).begin_own);
}

TEST_F(AnswerTest, WithoutAThreadThePathIsUndecidedInTheEnd) {
  FallBack();
  pwm_own_not_begun(&memory_);
  const std::int64_t since = memory_.pending_since_ns;
  for (last_ = {PWM_PENDING, {}, {}, false, false}; last_.state == PWM_PENDING;) {
    last_ = AskAfter(1, kNothing);
    ASSERT_TRUE(last_.begin_own) << "every call tries";
    pwm_own_not_begun(&memory_);
  }
  EXPECT_EQ(last_.state, PWM_UNCHECKED);
  EXPECT_EQ(last_.message, PWM_MESSAGE_UNDECIDED);
  EXPECT_EQ(now_ - since, 40 * kSecond);
}

TEST_F(AnswerTest, TransitionIsDownWhenTheRowIsTooLong) {
  EXPECT_EQ(Ask(Unconfirmed(now_)).state, PWM_PENDING);
  // Each of these transitions has only begun.
  std::int64_t seconds = 0;
  for (last_.state = PWM_PENDING; last_.state == PWM_PENDING; ++seconds) {
    pwm_published published = Published(PW_STATE_TRANSITIONING);
    published.record.since_boottime_ns = now_;
    published.transition_limit_s = 90;
    last_ = AskAfter(1, published);
  }
  EXPECT_EQ(last_.state, PWM_DOWN);
  EXPECT_EQ(seconds, 100);
}

TEST_F(AnswerTest, RowThatBeganWithATransitionMayLastAsLongAsOne) {
  EXPECT_EQ(Ask(Published(PW_STATE_TRANSITIONING, now_ + 59 * kSecond)).state, PWM_PENDING);
  now_ += 58 * kSecond;
  pwm_published published = Published(PW_STATE_NO_ANSWER);
  published.record.oldest_unanswered_boottime_ns = now_ - 5 * kSecond;
  EXPECT_EQ(Ask(published).state, PWM_PENDING);
  EXPECT_EQ(AskAfter(11, published).state, PWM_PENDING);
  EXPECT_EQ(AskAfter(1, published).state, PWM_TIMEOUT) << "out for 17 s, but the row is over";
}

TEST_F(AnswerTest, OwnCommandThatIsYoungIsNoReasonToFailAPathWhoseRowIsTooLong) {
  timeout_ = 5 * kSecond;
  EXPECT_EQ(Ask(kNothing).state, PWM_PENDING);
  last_ = AskAfter(14, kNothing);
  EXPECT_TRUE(last_.begin_own);
  EXPECT_EQ(last_.state, PWM_PENDING);
  EXPECT_EQ(AskAfter(1, kNothing).state, PWM_UNCHECKED) << "out for a second, of five";
  EXPECT_EQ(AskAfter(1, kNothing).state, PWM_PENDING);
  EXPECT_EQ(AskAfter(3, kNothing).state, PWM_TIMEOUT);
}

TEST_F(AnswerTest, CallThatComesAfterTheRowHasNoPendingLeftButAnOwnCheck) {
  timeout_ = 5 * kSecond;
  EXPECT_EQ(Ask(kNothing).state, PWM_PENDING);
  last_ = AskAfter(20, kNothing);
  EXPECT_EQ(last_.state, PWM_UNCHECKED);
  EXPECT_TRUE(last_.begin_own);
}

}  // namespace
}  // namespace pathwatch::checker
