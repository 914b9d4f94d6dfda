// The plugin in a process, over a real state file: what it sends to whom, and its own checks.
#include "lib/checker/multipath/process.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/checker/multipath/process_testing.h"
#include "tests/ring/datagram_reader.h"

namespace pathwatch::checker {
namespace {

TEST_F(ProcessTest, PublishedStateIsAnsweredWithoutACommand) {
  for (int call = 0; call < 1000; ++call) {
    Publish(1, call % 2 == 0 ? PW_STATE_UP : PW_STATE_GHOST);
    EXPECT_EQ(CheckAfter(1 - call % 2).state, call % 2 == 0 ? PWM_UP : PWM_GHOST);
  }
  EXPECT_EQ(disk_.sent(), 0);
  EXPECT_EQ(pwm_own_checks_out(process_.get()), 0u);
}

TEST_F(ProcessTest, UnconfirmedPathHasTheDaemonCheckIt) {
  const ring::DatagramReader control(control_);
  Publish(1, PW_STATE_UP, PW_PATH_UNCONFIRMED);
  EXPECT_EQ(Check().state, PWM_PENDING);
  EXPECT_EQ(control.Take(), std::vector<std::string>{"check-now 3:0:1:1"});
  Publish(1, PW_STATE_UP);
  EXPECT_EQ(Check().state, PWM_UP);
  EXPECT_TRUE(control.Take().empty());
}

TEST_F(ProcessTest, NobodyWaitsForADaemonThatDoesNotReadItsRequests) {
  const ring::DatagramReader control(control_);
  for (int call = 0; call < 1000; ++call) {
    Publish(1, PW_STATE_UP, PW_PATH_UNCONFIRMED);
    Check();
  }
  EXPECT_LT(control.Take().size(), 1000u) << "the others are lost";
}

TEST_F(ProcessTest, TransitionHasTheLimitOfItsLogicalUnit) {
  pw_lun_record lun{};
  lun.implicit_transition_s = 100;
  ASSERT_TRUE(state_->PutLun(0, lun).ok());
  // Since a minute.
  Publish(1, PW_STATE_TRANSITIONING);
  EXPECT_EQ(Check().state, PWM_PENDING);
  lun.implicit_transition_s = 59;
  ASSERT_TRUE(state_->PutLun(0, lun).ok());
  EXPECT_EQ(Check().state, PWM_DOWN);
  state_->RemoveLun(0);
  EXPECT_EQ(Check().state, PWM_DOWN) << "the usual minute is over";
}

TEST_F(ProcessTest, PathOfAnotherDeviceWithTheSameNumberIsNotOurs) {
  pwm_device device = DeviceOf(2);
  device.generation = 777;
  AddDevice(2, device);
  EXPECT_EQ(Check(2).reason, PWM_MESSAGE_NOT_FOUND);
}

TEST_F(ProcessTest, DeviceThatIsNoScsiDiskIsUpWithoutALook) {
  AddDevice(4, {true, makedev(259, 0), 0});
  std::filesystem::remove(directory_.state());
  const pwm_answer answer = Check(4);
  EXPECT_EQ(answer.state, PWM_UP);
  EXPECT_EQ(answer.message, PWM_MESSAGE_NOT_SCSI);
}

TEST_F(ProcessTest, CheckerThatWasNeverGivenIsUndecided) {
  EXPECT_EQ(Check(4).state, PWM_UNCHECKED);
  pwm_remove(process_.get(), &keys_[4]);
}

TEST_F(ProcessTest, CheckerThatIsGivenAnewIsOfAnotherPath) {
  Publish(2, PW_STATE_DOWN);
  Publish(1, PW_STATE_UP);
  EXPECT_EQ(Check(1).state, PWM_UP);
  AddDevice(1, DeviceOf(2));
  EXPECT_EQ(Check(1).state, PWM_DOWN);
}

TEST_F(ProcessTest, DescriptorOfSomethingElseIsNoDevice) {
  const pwm_device device = pwm_device_of(file_, "/sys");
  EXPECT_FALSE(device.not_scsi);
  EXPECT_EQ(device.devt, 0u);
  EXPECT_EQ(pwm_device_of(-1, "/sys").devt, 0u);
}

TEST_F(ProcessTest, WithoutPathwatchFromTheBeginningTheFirstCallSendsACommand) {
  std::filesystem::remove(directory_.state());
  Reopen();
  EXPECT_EQ(Check().state, PWM_PENDING);
  WaitForOwnChecks();
  EXPECT_EQ(disk_.sent(), 1);
  EXPECT_EQ(disk_.timeout_ms(), 30'000u);
  EXPECT_TRUE(disk_.undisturbed());
  const pwm_answer answer = Check();
  EXPECT_EQ(answer.state, PWM_UP);
  EXPECT_EQ(answer.message, PWM_MESSAGE_OWN_UP);
}

TEST_F(ProcessTest, PathwatchThatIsStartedLaterTakesOver) {
  const auto bytes = publish::ReadBytes(directory_.state());
  std::filesystem::remove(directory_.state());
  Reopen();
  Check();
  WaitForOwnChecks();
  publish::WriteBytes(directory_.state(), bytes);
  EXPECT_EQ(Check().message, PWM_MESSAGE_UP);
  std::filesystem::remove(directory_.state());
  EXPECT_FALSE(CheckAfter(1).begin_own) << "it has answered once: no burst";
}

TEST_F(ProcessTest, DaemonThatDiesIsReplacedAfterItsHeartbeatIsStale) {
  Publish(1, PW_STATE_UP);
  EXPECT_EQ(Check().state, PWM_UP);
  EXPECT_EQ(CheckAfter(1).state, PWM_UP);
  EXPECT_EQ(CheckAfter(1).message, PWM_MESSAGE_HEARTBEAT_LATE);
  ASSERT_GE(SecondsUntilOwnCommand(), 0);
  EXPECT_GT(now_ - publish::kNow, 10 * kSecond);
  EXPECT_LE(now_ - publish::kNow, 13 * kSecond);
  WaitForOwnChecks();
  EXPECT_EQ(Check().state, PWM_UP);
}

TEST_F(ProcessTest, HeartbeatGrowsOldBetweenTwoLooksAtIt) {
  Publish(1, PW_STATE_UP);
  pwm_call call = {now_ + 1'495'000'000, file_, 30, false};
  EXPECT_EQ(pwm_check(process_.get(), &keys_[1], &call).state, PWM_UP);
  call.now_ns += 4'000'000;
  EXPECT_EQ(pwm_check(process_.get(), &keys_[1], &call).state, PWM_UP);
  call.now_ns += 1'000'000;
  EXPECT_EQ(pwm_check(process_.get(), &keys_[1], &call).message, PWM_MESSAGE_HEARTBEAT_LATE);
}

TEST_F(ProcessTest, CommandThatHangsIsTimedOutAndMultipathdNeverWaitsForIt) {
  disk_.Hold(true);
  std::filesystem::remove(directory_.state());
  ASSERT_GE(SecondsUntilOwnCommand(), 0);
  EXPECT_EQ(CheckAfter(29).state, PWM_PENDING);
  for (int call = 0; call < 20; ++call) EXPECT_EQ(CheckAfter(5).state, PWM_TIMEOUT);
  EXPECT_EQ(disk_.sent(), 1);
  disk_.Hold(false);
  WaitForOwnChecks();
  EXPECT_EQ(CheckAfter(5).state, PWM_UP);
}

TEST_F(ProcessTest, CheckerMayGoWhileItsCommandIsOut) {
  disk_.Hold(true);
  std::filesystem::remove(directory_.state());
  ASSERT_GE(SecondsUntilOwnCommand(), 0);
  pwm_remove(process_.get(), &keys_[1]);
  EXPECT_EQ(pwm_own_checks_out(process_.get()), 1u);
  // The same checker, given anew, does not know of it.
  Add(1);
  disk_.Hold(false);
  WaitForOwnChecks();
  EXPECT_EQ(Check().state, PWM_PENDING);
}

TEST_F(ProcessTest, VerdictThatComesAfterPathwatchIsBackIsThrownAway) {
  disk_.Hold(true);
  const auto bytes = publish::ReadBytes(directory_.state());
  std::filesystem::remove(directory_.state());
  ASSERT_GE(SecondsUntilOwnCommand(), 0);
  publish::WriteBytes(directory_.state(), bytes);
  now_ = publish::kNow;
  EXPECT_EQ(Check().message, PWM_MESSAGE_UP);
  disk_.FailWith(ENXIO);
  disk_.Hold(false);
  WaitForOwnChecks();
  EXPECT_EQ(Check().message, PWM_MESSAGE_UP);
}

TEST_F(ProcessTest, EveryPathChecksItselfWithOneCommandAtATime) {
  for (unsigned n = 2; n < 4; ++n) Add(n);
  std::filesystem::remove(directory_.state());
  disk_.Hold(true);
  for (int second = 0; second < 20; ++second) {
    now_ += kSecond;
    for (unsigned n = 1; n < 4; ++n) EXPECT_EQ(Check(n).state, PWM_PENDING);
  }
  EXPECT_EQ(pwm_own_checks_out(process_.get()), 3u);
  disk_.Hold(false);
  WaitForOwnChecks();
  EXPECT_EQ(disk_.sent(), 3);
  for (unsigned n = 1; n < 4; ++n) EXPECT_EQ(Check(n).message, PWM_MESSAGE_OWN_UP);
}

TEST_F(ProcessTest, ProgramThatAsksOnceHasTheCommandInItsCall) {
  asked_once_ = true;
  std::filesystem::remove(directory_.state());
  EXPECT_EQ(Check().message, PWM_MESSAGE_OWN_UP);
  disk_.FailWith(ENXIO);
  EXPECT_EQ(Check().message, PWM_MESSAGE_OWN_DOWN);
  disk_.FailWith(ENOTTY);
  EXPECT_EQ(Check().state, PWM_WILD);
  EXPECT_EQ(disk_.sent(), 3);
}

TEST_F(ProcessTest, DescriptorThatCannotBeDuplicatedLeavesThePathUndecidedInTheEnd) {
  const int good = file_;
  file_ = -1;
  std::filesystem::remove(directory_.state());
  const std::int64_t begin = now_;
  while (Check().state == PWM_PENDING) now_ += kSecond;
  EXPECT_EQ(Check().state, PWM_PENDING) << "a new row";
  EXPECT_NEAR(static_cast<double>(now_ - begin), 40e9, 1e9);
  EXPECT_EQ(disk_.sent(), 0);
  file_ = good;
}

TEST_F(ProcessTest, TimeoutOfTheCheckerCountsAndTheUsualOneWithoutIt) {
  std::filesystem::remove(directory_.state());
  Reopen();
  timeout_s_ = 7;
  Check();
  WaitForOwnChecks();
  EXPECT_EQ(disk_.timeout_ms(), 7'000u);
  Check();
  timeout_s_ = 0;
  Check();
  WaitForOwnChecks();
  EXPECT_EQ(disk_.timeout_ms(), 30'000u);
  Check();
  timeout_s_ = ~0U;
  Check();
  WaitForOwnChecks();
  EXPECT_EQ(disk_.timeout_ms(), 86'400'000u);
}

// The process id is the only thing in a line that changes.
std::vector<std::string> TextsOf(const std::vector<std::string>& lines) {
  std::vector<std::string> texts;
  const std::string tag = "<30>libcheckpathwatch[" + std::to_string(getpid()) + "]: ";
  for (const std::string& line : lines) {
    EXPECT_EQ(line.substr(0, tag.size()), tag);
    texts.push_back(line.substr(std::min(tag.size(), line.size())));
  }
  return texts;
}

constexpr char kNoAnswer[] =
    "pathwatch gives no answer (there is no state file, is pathwatchd running?): paths are checked "
    "by this process itself";
constexpr char kAnswersAgain[] = "pathwatch answers again";

TEST_F(ProcessTest, LogHearsOnceForAllPathsThatPathwatchGivesNoAnswerAndOnceThatItDoes) {
  const ring::DatagramReader log(log_);
  for (unsigned n = 2; n < 4; ++n) Add(n);
  const auto bytes = publish::ReadBytes(directory_.state());
  std::filesystem::remove(directory_.state());
  for (int second = 0; second < 30; ++second) {
    now_ += kSecond;
    for (unsigned n = 1; n < 4; ++n) Check(n);
    WaitForOwnChecks();
  }
  EXPECT_EQ(TextsOf(log.Take()), std::vector<std::string>{kNoAnswer});
  publish::WriteBytes(directory_.state(), bytes);
  now_ = publish::kNow;
  for (unsigned n = 1; n < 4; ++n) EXPECT_EQ(Check(n).state, PWM_UP);
  EXPECT_EQ(TextsOf(log.Take()), std::vector<std::string>{kAnswersAgain});
}

TEST_F(ProcessTest, LogHearsAtMostOneLineOfAKindInTenSecondsAndInTheEndWhatIsTrue) {
  const ring::DatagramReader log(log_);
  const std::vector<std::string> no_answer = {
      "pathwatch gives no answer (pathwatchd does not know the path): paths are checked by this "
      "process itself"};
  const std::vector<std::string> answers_again = {kAnswersAgain};
  const auto path_comes_that_the_daemon_does_not_know = [this] {
    AddDevice(4, DeviceOf(40));
    do {
      now_ += kSecond;
      Publish(1, PW_STATE_UP);
    } while (!Check(4).begin_own);
    WaitForOwnChecks();
  };
  path_comes_that_the_daemon_does_not_know();
  const std::int64_t first = now_;
  EXPECT_EQ(TextsOf(log.Take()), no_answer);
  pwm_remove(process_.get(), &keys_[4]);
  Check();
  EXPECT_EQ(TextsOf(log.Take()), answers_again);

  path_comes_that_the_daemon_does_not_know();
  ASSERT_LT(now_, first + 10 * kSecond);
  EXPECT_TRUE(log.Take().empty());
  now_ = first + 10 * kSecond;
  Publish(1, PW_STATE_UP);
  EXPECT_EQ(Check().state, PWM_UP);
  EXPECT_EQ(TextsOf(log.Take()), no_answer) << "said in a call about another path";
  pwm_remove(process_.get(), &keys_[4]);
  Check();
  EXPECT_EQ(TextsOf(log.Take()), answers_again);
}

TEST_F(ProcessTest, LogHearsNothingOfAPathThatTheConfigurationLeavesOut) {
  const ring::DatagramReader log(log_);
  pw_path_record path = publish::SamplePath(1);
  path.state = PW_STATE_REMOVED;
  path.reason_kind = PW_REASON_LEFT_OUT;
  ASSERT_TRUE(state_->PutPath(1, path).ok());
  for (int second = 0; second < 9; ++second) {
    CheckAfter(1);
    WaitForOwnChecks();
  }
  EXPECT_GE(disk_.sent(), 1);
  EXPECT_TRUE(log.Take().empty());
}

}  // namespace
}  // namespace pathwatch::checker
