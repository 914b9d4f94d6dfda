#include "service/cli/reason.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

pw_path_record PathBecause(pw_reason_kind kind) {
  pw_path_record path = PathInState(3, 1, "sdd", PW_STATE_DOWN);
  path.reason_kind = static_cast<std::uint8_t>(kind);
  return path;
}

std::string Sentence(const pw_path_record& path, const pw_nexus_record* nexus = nullptr) {
  return ReasonSentence(path, nexus, kNow.boot_now_ns);
}

TEST(ReasonTest, NeverChecked) {
  EXPECT_EQ(Sentence(PathBecause(PW_REASON_NONE)), "never checked");
}

TEST(ReasonTest, GoodReply) {
  EXPECT_EQ(Sentence(PathBecause(PW_REASON_REPLY)), "GOOD: the logical unit is ready");
}

TEST(ReasonTest, ReplyWithSenseIsInTheWordsOfTheStandard) {
  pw_path_record path = PathBecause(PW_REASON_REPLY);
  path.reason_code.status = 0x02;
  path.reason_code.sense_key = 0x05;
  path.reason_code.asc = 0x25;
  path.reason_code.flags = PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC;
  const std::string sentence = Sentence(path);
  EXPECT_TRUE(
      sentence.starts_with("CHECK CONDITION, sense 05/25/00 (Logical unit not supported): "))
      << sentence;
}

TEST(ReasonTest, RemedyFollowsAsASentence) {
  pw_path_record path = PathBecause(PW_REASON_REPLY);
  path.reason_code.host_status = 0x01;  // DID_NO_CONNECT
  EXPECT_EQ(Sentence(path),
            "host status 01 (DID_NO_CONNECT): the host adapter cannot reach the target port. Look "
            "at the state of the remote port or the session, the cable and the zoning.");
}

TEST(ReasonTest, DeadlineNamesTheAgeOfTheCommand) {
  pw_path_record path = PathBecause(PW_REASON_DEADLINE);
  path.reason_argument = static_cast<std::uint64_t>(Ago(12 * kSecond));
  EXPECT_EQ(Sentence(path), "no answer for 12 s (the command is still out)");
  path.reason_argument = 0;
  EXPECT_EQ(Sentence(path), "no answer (the command is still out)");
}

TEST(ReasonTest, SilentNexusNamesTheAgeOfItsOldestCommand) {
  pw_path_record path = PathBecause(PW_REASON_NEXUS_SILENT);
  EXPECT_EQ(Sentence(path), "nothing on I_T nexus 3:0:0 answers");
  path.oldest_unanswered_boottime_ns = Ago(7 * kSecond);
  EXPECT_EQ(Sentence(path),
            "nothing on I_T nexus 3:0:0 answers; the oldest command is out for 7.0 s");
  pw_nexus_record nexus{};
  nexus.oldest_unanswered_boottime_ns = Ago(12 * kSecond);
  EXPECT_EQ(Sentence(path, &nexus),
            "nothing on I_T nexus 3:0:0 answers; the oldest command is out for 12 s");
}

TEST(ReasonTest, NodeThatCannotBeOpenedIsNamed) {
  pw_path_record path = PathBecause(PW_REASON_NODE_UNOPENED);
  path.reason_code.error = EACCES;
  EXPECT_EQ(Sentence(path), "cannot open /dev/sg3: Permission denied");
  path.passthrough = PW_PASSTHROUGH_BSG_URING;
  EXPECT_EQ(Sentence(path), "cannot open /dev/bsg/3:0:0:1: Permission denied");
  path.reason_code.error = 60'000;
  EXPECT_EQ(Sentence(path), "cannot open /dev/bsg/3:0:0:1: errno 60000");
}

TEST(ReasonTest, DeviceWithoutNodeAndDeletedDevice) {
  EXPECT_EQ(Sentence(PathBecause(PW_REASON_NO_NODE)),
            "the device has no node to send commands to. Load the driver sg (modprobe sg).");
  EXPECT_EQ(Sentence(PathBecause(PW_REASON_DEVICE_DELETED)), "the device was deleted");
}

TEST(ReasonTest, ExhaustedRetriesNameTheLastReply) {
  pw_path_record path = PathBecause(PW_REASON_RETRIES_EXHAUSTED);
  path.reason_code.host_status = 0x05;  // DID_ABORT
  EXPECT_EQ(Sentence(path),
            "too many transient replies in a row, the last one: host status 05 (DID_ABORT): the "
            "host aborted the command");
}

TEST(ReasonTest, ReasonOfTheDaemonBeforeIsMarked) {
  pw_path_record path = PathBecause(PW_REASON_CARRIED_OVER);
  path.reason_argument = PW_REASON_REPLY;
  EXPECT_EQ(Sentence(path),
            "GOOD: the logical unit is ready [from the daemon before, not confirmed yet]");
  path.reason_argument = PW_REASON_DEADLINE;
  EXPECT_EQ(Sentence(path),
            "no answer (the command is still out) [from the daemon before, not confirmed yet]");
}

TEST(ReasonTest, KindsOfANewerMinorAreNumbers) {
  pw_path_record path = PathBecause(PW_REASON_NONE);
  path.reason_kind = 200;
  EXPECT_EQ(Sentence(path), "reason 200 of a newer pathwatchd");
  path.reason_kind = PW_REASON_CARRIED_OVER;
  path.reason_argument = PW_REASON_CARRIED_OVER;
  EXPECT_EQ(Sentence(path),
            "reason 6 of a newer pathwatchd [from the daemon before, not confirmed yet]");
}

}  // namespace
}  // namespace pathwatch::cli
