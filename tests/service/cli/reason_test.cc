#include "service/present/reason.h"

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
  return present::ReasonSentence({path, nexus}, kNow.boot_now_ns);
}

// With a detail and a nexus, as the kernel names them over Fibre Channel.
class ReasonFactsTest : public testing::Test {
 protected:
  ReasonFactsTest() {
    nexus.transport = PW_TRANSPORT_FC;
    SetText(nexus.port_name, "rport-3:0-1");
    SetText(nexus.port_state, "Online");
  }

  std::string Sentence(pw_reason_kind kind) {
    path.reason_kind = static_cast<std::uint8_t>(kind);
    return present::ReasonSentence({path, &nexus, &detail}, kNow.boot_now_ns);
  }

  pw_path_record path = PathInState(3, 1, "sdd", PW_STATE_DOWN);
  pw_nexus_record nexus{};
  pw_detail_record detail{};
};

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
  EXPECT_EQ(Sentence(path), "no answer within the deadline");
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
            "no answer within the deadline [from the daemon before, not confirmed yet]");
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

TEST(ReasonTest, NodeOfAPathWithoutNamesIsNotGuessed) {
  pw_path_record path = PathBecause(PW_REASON_NODE_UNOPENED);
  path.passthrough = PW_PASSTHROUGH_NONE;
  path.sg_name[0] = '\0';
  path.reason_code.error = ENODEV;
  EXPECT_EQ(Sentence(path), "cannot open its device node: No such device");
  path.flags |= PW_PATH_HAS_BSG;
  EXPECT_EQ(Sentence(path), "cannot open /dev/bsg/3:0:0:1: No such device");
}

TEST(ReasonTest, RemedyNamesTheDevice) {
  pw_path_record path = PathBecause(PW_REASON_REPLY);
  path.reason_code.status = 0x02;
  path.reason_code.sense_key = 0x02;
  path.reason_code.asc = 0x04;
  path.reason_code.ascq = 0x02;
  path.reason_code.flags = PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC;
  EXPECT_TRUE(Sentence(path).ends_with(
      ": the logical unit has to be started. Start it: sg_start --start /dev/sdd."))
      << Sentence(path);
  path.sd_name[0] = '\0';
  EXPECT_TRUE(Sentence(path).ends_with("sg_start --start /dev/sg3.")) << Sentence(path);
  path.sg_name[0] = '\0';
  EXPECT_TRUE(Sentence(path).ends_with("sg_start --start 3:0:0:1.")) << Sentence(path);
  path.flags |= PW_PATH_HAS_BSG;
  EXPECT_TRUE(Sentence(path).ends_with("sg_start --start /dev/bsg/3:0:0:1.")) << Sentence(path);
}

TEST(ReasonTest, PortGroupIsNamedWithItsAccessState) {
  pw_path_record path = PathBecause(PW_REASON_PORT_GROUP);
  path.state = PW_STATE_GHOST;
  path.alua_state = PW_ALUA_STANDBY;
  EXPECT_EQ(Sentence(path), "target port group 1 is in standby state");
  path.flags = 0;
  path.alua_state = PW_ALUA_UNKNOWN;
  EXPECT_EQ(Sentence(path), "its target port group is in standby state");
}

TEST(ReasonTest, PortGroupWithoutAccessHasARemedy) {
  pw_path_record path = PathBecause(PW_REASON_PORT_GROUP);
  path.state = PW_STATE_UNAVAILABLE;
  path.alua_state = PW_ALUA_OFFLINE;
  EXPECT_EQ(Sentence(path),
            "target port group 1 is in offline state. Look at the state of this controller on the "
            "array.");
}

TEST_F(ReasonFactsTest, ChangedIdentityNamesBothAndBothWaysOut) {
  SetText(path.wwid, "3600a");
  SetText(detail.identity_found, "3600b");
  EXPECT_EQ(Sentence(PW_REASON_IDENTITY_CHANGED),
            "identity changed from 3600a to 3600b. Find out which logical unit is mapped to this "
            "LUN; then delete the device (echo 1 > /sys/class/scsi_device/3:0:0:1/device/delete) "
            "and rescan, or take the new one with 'pathwatch accept-identity 3:0:0:1'.");
  detail.identity_found[0] = '\0';
  EXPECT_TRUE(Sentence(PW_REASON_IDENTITY_CHANGED).starts_with("identity changed. Find out "));
}

TEST_F(ReasonFactsTest, LogicalUnitThatIsNotThere) {
  EXPECT_EQ(Sentence(PW_REASON_NOT_MAPPED),
            "no logical unit is mapped to this LUN (standard INQUIRY data). Map the logical unit "
            "again, or delete the device (echo 1 > "
            "/sys/class/scsi_device/3:0:0:1/device/delete).");
  EXPECT_EQ(Sentence(PW_REASON_LUN_NOT_REPORTED),
            "the target does not report this LUN (REPORT LUNS). Map the logical unit again, or "
            "delete the device (echo 1 > /sys/class/scsi_device/3:0:0:1/device/delete).");
}

TEST_F(ReasonFactsTest, BlockedTransportNamesWhatIsBlocked) {
  const std::string remedy = ". If this lasts, look at the cable, the switch and the target port.";
  EXPECT_EQ(Sentence(PW_REASON_TRANSPORT_BLOCKED), "the kernel holds commands back" + remedy);
  SetText(detail.port_state, "Blocked");
  SetText(detail.device_state, "running");
  EXPECT_EQ(Sentence(PW_REASON_TRANSPORT_BLOCKED),
            "the kernel holds commands back: rport-3:0-1 is Blocked" + remedy);
  SetText(detail.device_state, "blocked");
  EXPECT_EQ(
      Sentence(PW_REASON_TRANSPORT_BLOCKED),
      "the kernel holds commands back: rport-3:0-1 is Blocked, the device is blocked" + remedy);
  SetText(detail.port_state, "Online");
  EXPECT_EQ(Sentence(PW_REASON_TRANSPORT_BLOCKED),
            "the kernel holds commands back: the device is blocked" + remedy);
}

TEST_F(ReasonFactsTest, BlockedPortWithoutANameOrADetail) {
  nexus.port_name[0] = '\0';
  SetText(nexus.port_state, "Blocked");
  path.reason_kind = PW_REASON_TRANSPORT_BLOCKED;
  EXPECT_EQ(present::ReasonOf({path, &nexus}, kNow.boot_now_ns).what,
            "the kernel holds commands back: the port is Blocked");
  EXPECT_EQ(present::ReasonOf({path}, kNow.boot_now_ns).what, "the kernel holds commands back");
}

TEST_F(ReasonFactsTest, TransportThatGaveThePortUpHasARemedyOfItsKind) {
  SetText(detail.port_state, "Not Present");
  EXPECT_EQ(Sentence(PW_REASON_TRANSPORT_OFFLINE),
            "the transport has given the port up: rport-3:0-1 is Not Present. Look at the cable, "
            "the zoning and the target port.");
  nexus.transport = PW_TRANSPORT_ISCSI;
  SetText(nexus.port_name, "session4");
  SetText(detail.port_state, "FREE");
  EXPECT_EQ(Sentence(PW_REASON_TRANSPORT_OFFLINE),
            "the transport has given the port up: session4 is FREE. Look at the network and the "
            "target; 'iscsiadm -m session -P 1' shows the session.");
  nexus.transport = PW_TRANSPORT_SAS;
  SetText(detail.port_state, "Online");
  EXPECT_EQ(Sentence(PW_REASON_TRANSPORT_OFFLINE),
            "the transport has given the port up. Look at the cable and at everything between the "
            "host and the device.");
}

TEST_F(ReasonFactsTest, OfflineDeviceHasTheCommandThatEndsIt) {
  EXPECT_EQ(Sentence(PW_REASON_DEVICE_OFFLINE),
            "device offline. Run echo running > /sys/class/scsi_device/3:0:0:1/device/state, once "
            "the cause is repaired.");
}

TEST_F(ReasonFactsTest, TransitionThatOutlastsItsLimit) {
  EXPECT_EQ(Sentence(PW_REASON_TRANSITION_TOO_LONG),
            "target port group 1 is in transition for longer than its limit. Find out on the array "
            "why the transition does not end.");
  path.reason_code.status = 0x02;
  path.reason_code.sense_key = 0x02;
  path.reason_code.asc = 0x04;
  path.reason_code.ascq = 0x0a;
  path.reason_code.flags = PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC;
  EXPECT_TRUE(Sentence(PW_REASON_TRANSITION_TOO_LONG)
                  .starts_with("in transition for longer than its limit: CHECK CONDITION, sense "
                               "02/04/0A "));
}

TEST_F(ReasonFactsTest, IdentityUnreadOrAccepted) {
  EXPECT_EQ(Sentence(PW_REASON_IDENTITY_UNREAD), "the identifier has changed and cannot be read");
  EXPECT_EQ(Sentence(PW_REASON_IDENTITY_ACCEPTED), "an operator has accepted the new identity");
  EXPECT_EQ(Sentence(PW_REASON_LEFT_OUT),
            "the configuration says not to watch it. See [paths] include and exclude: pathwatch "
            "config show paths.include paths.exclude.");
}

TEST_F(ReasonFactsTest, CarriedOverReasonKeepsItsRemedyAtTheEnd) {
  path.reason_argument = PW_REASON_DEVICE_OFFLINE;
  EXPECT_EQ(Sentence(PW_REASON_CARRIED_OVER),
            "device offline [from the daemon before, not confirmed yet]. Run echo running > "
            "/sys/class/scsi_device/3:0:0:1/device/state, once the cause is repaired.");
}

TEST_F(ReasonFactsTest, ReasonOfAChangeTellsNothingThatIsOnlyTrueToday) {
  path.alua_state = PW_ALUA_ACTIVE_OPTIMIZED;
  pw_change change{};
  change.to = PW_STATE_GHOST;
  change.reason_kind = PW_REASON_PORT_GROUP;
  EXPECT_EQ(present::ReasonOfChange(change, path), "target port group 1 is in standby state");
  change.to = PW_STATE_UNAVAILABLE;
  EXPECT_EQ(present::ReasonOfChange(change, path),
            "target port group 1 is in unavailable or offline state");
  change.to = PW_STATE_TRANSITIONING;
  EXPECT_EQ(present::ReasonOfChange(change, path), "target port group 1 is in transitioning state");
  path.oldest_unanswered_boottime_ns = Ago(kSecond);
  change.reason_kind = PW_REASON_DEADLINE;
  EXPECT_EQ(present::ReasonOfChange(change, path), "no answer within the deadline");
  change.reason_kind = PW_REASON_NEXUS_SILENT;
  EXPECT_EQ(present::ReasonOfChange(change, path), "nothing on I_T nexus 3:0:0 answers");
  change.reason_kind = PW_REASON_CARRIED_OVER;
  EXPECT_EQ(present::ReasonOfChange(change, path), "taken over from the daemon before");
  change.reason_kind = PW_REASON_REPLY;
  change.code.host_status = 0x01;
  EXPECT_EQ(present::ReasonOfChange(change, path),
            "host status 01 (DID_NO_CONNECT): the host adapter cannot reach the target port");
}

}  // namespace
}  // namespace pathwatch::cli
