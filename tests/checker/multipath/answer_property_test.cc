// Whatever is published, in whatever order, however rarely multipathd asks, and whatever becomes
// of pathwatchd and of own commands: what never may be answered, never is.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "lib/checker/multipath/answer.h"
#include "tests/checker/multipath/records.h"

namespace pathwatch::checker {
namespace {

constexpr int kSequences = 4000;
constexpr int kCalls = 250;

// PATHWATCH_SEED repeats a run.
std::uint64_t Seed() {
  const char* const given = std::getenv("PATHWATCH_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 0) : std::random_device{}();
}

// Looks at every answer about one path. Knows the rules, and nothing of how they are kept.
class Judge {
 public:
  // What `published` says is seen before the call, `memory` after it.
  void Look(const pwm_question& question, const pwm_published& published, const pwm_memory& memory,
            const pwm_answer& answer) {
    LookAtRow(question, published, answer);
    LookAtOwnCheck(question, memory, answer);
    if (answer.state == PWM_UP || answer.state == PWM_GHOST) {
      EXPECT_TRUE(IsPublished(question, published, answer) || IsOwn(answer)) << "without a ground";
    }
    if (answer.state == PWM_TIMEOUT) {
      const bool own = begun_.has_value() && question.now_ns - *begun_ >= question.timeout_ns;
      EXPECT_TRUE(own || published.record.state == PW_STATE_NO_ANSWER);
    }
    if (answer.message >= PWM_MESSAGE_OWN_UP && answer.message < PWM_MESSAGE_UNDECIDED) {
      EXPECT_TRUE(memory.falling_back) << "an own verdict while pathwatch has the path";
    }
    if (verdict_.has_value()) begun_.reset();
    verdict_.reset();
    if (answer.begin_own) begun_ = question.now_ns;
  }
  // The command that is out has come back; the next answer may rest on it.
  void OwnDone(pwm_tur verdict) { verdict_ = verdict; }
  void OwnNotBegun() { begun_.reset(); }

 private:
  void LookAtRow(const pwm_question& question, const pwm_published& published,
                 const pwm_answer& answer) {
    if (answer.state == PWM_UNCHECKED) {
      EXPECT_TRUE(row_.has_value() && question.now_ns - *row_ >= question.timeout_ns + kGrace)
          << "no opinion too early";
    }
    if (answer.state != PWM_PENDING) {
      row_.reset();
      limit_ = 0;
      return;
    }
    if (!row_.has_value()) row_ = question.now_ns;
    if (published.result == PW_OK && published.record.state == PW_STATE_TRANSITIONING) {
      const std::int64_t said = published.transition_limit_s;
      limit_ = std::max(limit_, (said != 0 ? said : 60) * kSecond);
    }
    if (answer.message == PWM_MESSAGE_OWN_TRANSITION) limit_ = std::max(limit_, 60 * kSecond);
    EXPECT_LE(question.now_ns - *row_, std::max(question.timeout_ns, limit_) + kGrace)
        << "pending for too long";
  }

  // When the path was left to this process, and that there is one command at a time.
  void LookAtOwnCheck(const pwm_question& question, const pwm_memory& memory,
                      const pwm_answer& answer) {
    if (!fell_back_ && memory.falling_back) entered_ = question.now_ns;
    fell_back_ = memory.falling_back;
    if (answer.begin_own) {
      EXPECT_TRUE(memory.falling_back);
      EXPECT_TRUE(!begun_.has_value() || verdict_.has_value()) << "a second command";
    }
  }

  static bool IsPublished(const pwm_question& question, const pwm_published& published,
                          const pwm_answer& answer) {
    const pw_path_record& record = published.record;
    return published.result == PW_OK && (record.flags & PW_PATH_UNCONFIRMED) == 0 &&
           record.state == (answer.state == PWM_UP ? PW_STATE_UP : PW_STATE_GHOST) &&
           question.now_ns <= record.valid_until_boottime_ns &&
           published.heartbeat_age_ns < 3 * kSecond / 2;
  }
  bool IsOwn(const pwm_answer& answer) const {
    return begun_.has_value() && *begun_ >= entered_ &&
           verdict_ == (answer.state == PWM_UP ? PWM_TUR_UP : PWM_TUR_GHOST);
  }

  static constexpr std::int64_t kGrace = 10 * kSecond;
  std::optional<std::int64_t> row_;
  std::int64_t limit_ = 0;
  bool fell_back_ = false;
  std::int64_t entered_ = 0;
  std::optional<std::int64_t> begun_;
  std::optional<pwm_tur> verdict_;
};

// A path, a daemon that publishes it or does not, and the multipathd that asks.
class World {
 public:
  // `works`: the path does, and the daemon has never seen it otherwise. `anew`: nothing goes on
  // for longer than a few calls.
  World(std::uint64_t seed, bool works) : random_(seed), works_(works) {
    question_.timeout_ns = Pick(1, 60) * kSecond;
    question_.devt = random_();
    question_.asked_once = false;
    question_.never_answered = OneIn(4);
    limit_s_ = OneIn(2) ? 0 : static_cast<std::uint32_t>(Pick(1, 255));
    heartbeat_ = now_;
    Publish();
  }

  // Asks, and returns the answer; the judge has looked at it.
  pwm_answer Call() {
    Pass(OneIn(2) ? kSecond : Pick(1'000, 20'000) * (kSecond / 1000));
    question_.now_ns = now_;
    const pwm_published seen = Read();
    if (seen.result == PW_OK) question_.never_answered = false;
    const pwm_answer answer = pwm_answer_to(&question_, &seen, &memory_);
    judge_.Look(question_, seen, memory_, answer);
    if (answer.begin_own) Begin();
    return answer;
  }

 private:
  std::int64_t Pick(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  bool OneIn(std::int64_t times) { return Pick(1, times) == 1; }

  void Pass(std::int64_t span) {
    now_ += span;
    if (OneIn(10)) alive_ = !alive_;
    if (alive_) heartbeat_ = now_ - Pick(0, kSecond);
    if (OneIn(12)) file_ = OneIn(3) ? RandomResult() : PW_OK;
    if (alive_ && OneIn(2)) Publish();
    if (own_ends_.has_value() && *own_ends_ <= now_) {
      const pwm_tur verdict =
          works_ ? PWM_TUR_UP : static_cast<pwm_tur>(Pick(0, PWM_TUR_AGAIN - 1));
      pwm_own_done(&memory_, verdict);
      judge_.OwnDone(verdict);
      own_ends_.reset();
    }
  }

  pw_result RandomResult() { return static_cast<pw_result>(Pick(PW_NO_FILE, PW_NOT_FOUND)); }

  // The daemon writes the record, as of now.
  void Publish() {
    const auto state = works_ ? (OneIn(3) ? PW_STATE_UNKNOWN : PW_STATE_UP)
                              : static_cast<pw_state>(Pick(0, PW_STATES + 1));
    if (published_.record.state != state || OneIn(20)) {
      published_ = Published(state, now_);
      published_.record.since_boottime_ns = now_;
      if (OneIn(2)) published_.record.oldest_unanswered_boottime_ns = now_ - Pick(0, 9) * kSecond;
      if (OneIn(8)) published_.record.reason_kind = PW_REASON_LEFT_OUT;
      if (OneIn(4)) published_.record.reason_code = {0, 0, 2, 5, 0x25, 0, 3, {}};
    }
    published_.record.flags = OneIn(4) ? unsigned{PW_PATH_UNCONFIRMED} : 0U;
    published_.record.last_check_sent_boottime_ns = now_ - Pick(0, 5) * kSecond;
    published_.record.last_check_done_boottime_ns = now_ - Pick(0, 5) * kSecond;
    published_.record.valid_until_boottime_ns = now_ + Pick(-5, 60) * kSecond;
    published_.transition_limit_s = limit_s_;
  }

  // What the reader of the published state would have given.
  pwm_published Read() const {
    if (file_ != PW_OK) return Failure(file_);
    if (now_ - heartbeat_ > PW_HEARTBEAT_MAX_AGE_NS) return Stale(now_ - heartbeat_);
    pwm_published published = published_;
    published.heartbeat_age_ns = now_ - heartbeat_;
    return published;
  }

  void Begin() {
    if (!works_ && OneIn(10)) {
      pwm_own_not_begun(&memory_);
      judge_.OwnNotBegun();
      return;
    }
    // Some hang for long.
    own_ends_ = now_ + (!works_ && OneIn(5) ? Pick(1, 300) * kSecond : Pick(0, 900'000'000));
  }

  std::mt19937_64 random_;
  const bool works_;
  std::int64_t now_ = kNow;
  bool alive_ = true;
  std::int64_t heartbeat_ = 0;
  pw_result file_ = PW_OK;
  pwm_published published_{};
  std::uint32_t limit_s_ = 0;
  std::optional<std::int64_t> own_ends_;
  pwm_question question_{};
  pwm_memory memory_{};
  Judge judge_;
};

TEST(AnswerPropertyTest, RandomLivesOfPathsAndDaemonsKeepTheRules) {
  const std::uint64_t seed = Seed();
  std::set<pwm_state> states;
  std::set<pwm_message> messages;
  for (int sequence = 0; sequence < kSequences; ++sequence) {
    SCOPED_TRACE("PATHWATCH_SEED=" + std::to_string(seed) + ", sequence " +
                 std::to_string(sequence));
    World world(seed + static_cast<std::uint64_t>(sequence), false);
    for (int call = 0; call < kCalls && !testing::Test::HasFailure(); ++call) {
      const pwm_answer answer = world.Call();
      states.insert(answer.state);
      messages.insert(answer.message);
    }
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_EQ(states.size(), 8u) << "every answer has occurred";
  // All but those that a process gives without asking.
  EXPECT_GE(messages.size(), 30u);
}

TEST(AnswerPropertyTest, PathThatWorksNeverFailsWhateverBecomesOfPathwatch) {
  const std::uint64_t seed = Seed();
  int usable = 0;
  for (int sequence = 0; sequence < kSequences; ++sequence) {
    SCOPED_TRACE("PATHWATCH_SEED=" + std::to_string(seed) + ", sequence " +
                 std::to_string(sequence));
    World world(seed + static_cast<std::uint64_t>(sequence), true);
    for (int call = 0; call < kCalls; ++call) {
      const pwm_answer answer = world.Call();
      ASSERT_TRUE(answer.state == PWM_UP || answer.state == PWM_PENDING ||
                  answer.state == PWM_UNCHECKED)
          << answer.state << pwm_reason(answer.message);
      usable += answer.state == PWM_UP ? 1 : 0;
    }
  }
  EXPECT_GT(usable, kSequences * kCalls / 4);
}

// One state with everything that makes a difference, published like that for ever.
void AskForEver(const pwm_published& published, std::int64_t timeout, std::int64_t period) {
  pwm_question question = {kNow, timeout, 0x810, false, false};
  pwm_memory memory{};
  Judge judge;
  // The daemon goes on, and so do its times.
  for (int call = 0; call < 12; ++call, question.now_ns += period) {
    pwm_published seen = published;
    const std::int64_t passed = question.now_ns - kNow;
    seen.record.last_check_sent_boottime_ns += passed;
    seen.record.valid_until_boottime_ns += passed;
    const pwm_answer answer = pwm_answer_to(&question, &seen, &memory);
    judge.Look(question, seen, memory, answer);
  }
}

TEST(AnswerPropertyTest, EverySingleStateAtEveryAgeKeepsTheRules) {
  for (unsigned state = 0; state <= PW_STATES; ++state) {
    for (const std::int64_t since : {0, 4, 5, 29, 30, 31, 59, 60, 61, 120, 255, 300}) {
      for (const std::int64_t heartbeat_ms : {0, 1000, 1499, 1500, 5000, 9999, 10000}) {
        for (const std::int64_t valid : {-1, 0, 9}) {
          for (const std::uint32_t limit : {0U, 5U, 255U}) {
            for (const unsigned flags : {0U, unsigned{PW_PATH_UNCONFIRMED}}) {
              pwm_published published = Published(state);
              published.record.since_boottime_ns = kNow - since * kSecond;
              published.record.oldest_unanswered_boottime_ns = kNow - since * kSecond;
              published.record.valid_until_boottime_ns = kNow + valid * kSecond;
              published.record.flags = flags;
              published.heartbeat_age_ns = heartbeat_ms * 1'000'000;
              published.transition_limit_s = limit;
              for (const std::int64_t timeout : {5, 30}) {
                for (const std::int64_t period : {1, 7, 20}) {
                  AskForEver(published, timeout * kSecond, period * kSecond);
                }
              }
              ASSERT_FALSE(testing::Test::HasFailure())
                  << "state " << state << " since " << since << " heartbeat " << heartbeat_ms
                  << " valid " << valid << " limit " << limit << " flags " << flags;
            }
          }
        }
      }
    }
  }
}

TEST(AnswerPropertyTest, EveryFailureOfTheFileForEverKeepsTheRules) {
  for (int result = PW_NO_FILE; result <= PW_OVERWRITTEN; ++result) {
    for (const std::int64_t period : {1, 7, 20}) {
      AskForEver(Failure(static_cast<pw_result>(result)), kTimeout, period * kSecond);
      AskForEver(Stale(period * 10 * kSecond), kTimeout, period * kSecond);
    }
  }
}

}  // namespace
}  // namespace pathwatch::checker
