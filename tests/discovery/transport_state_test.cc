#include "lib/discovery/transport_state.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

TEST(ConditionTest, WordOfTheDeviceDecidesFirst) {
  const struct {
    const char* word;
    DeviceCondition expected;
  } cases[] = {
      {"offline", DeviceCondition::kOffline},
      {"transport-offline", DeviceCondition::kTransportOffline},
      {"blocked", DeviceCondition::kBlocked},
      {"created-blocked", DeviceCondition::kBlocked},
      {"quiesce", DeviceCondition::kBlocked},
      {"cancel", DeviceCondition::kGone},
      {"deleted", DeviceCondition::kGone},
      {"", DeviceCondition::kUnknown},
      {"Running", DeviceCondition::kUnknown},
      {"running ", DeviceCondition::kUnknown},
  };
  for (const auto& [word, expected] : cases) {
    EXPECT_EQ(ConditionOf(word, Transport::kFc, "Online"), expected) << word;
    EXPECT_EQ(ConditionOf(word, Transport::kFc, "Blocked"), expected) << word;
    EXPECT_EQ(ConditionOf(word, Transport::kIscsi, "FREE"), expected) << word;
    EXPECT_EQ(ConditionOf(word, Transport::kOther, ""), expected) << word;
  }
}

TEST(ConditionTest, OfARunningDeviceThePortMaySayMore) {
  const struct {
    Transport transport;
    const char* port_state;
    DeviceCondition expected;
  } cases[] = {
      {Transport::kFc, "Online", DeviceCondition::kReady},
      {Transport::kFc, "Marginal", DeviceCondition::kReady},
      {Transport::kFc, "", DeviceCondition::kReady},
      {Transport::kFc, "FAILED", DeviceCondition::kReady},
      {Transport::kFc, "Blocked", DeviceCondition::kBlocked},
      {Transport::kFc, "Not Present", DeviceCondition::kBlocked},
      {Transport::kFc, "Deleted", DeviceCondition::kBlocked},
      {Transport::kFc, "Linkdown", DeviceCondition::kBlocked},
      {Transport::kFc, "Offline", DeviceCondition::kBlocked},
      {Transport::kIscsi, "LOGGED_IN", DeviceCondition::kReady},
      {Transport::kIscsi, "", DeviceCondition::kReady},
      {Transport::kIscsi, "Blocked", DeviceCondition::kReady},
      {Transport::kIscsi, "FAILED", DeviceCondition::kBlocked},
      {Transport::kIscsi, "FREE", DeviceCondition::kTransportOffline},
      {Transport::kSas, "Blocked", DeviceCondition::kReady},
      {Transport::kOther, "FREE", DeviceCondition::kReady},
  };
  for (const auto& [transport, port_state, expected] : cases) {
    EXPECT_EQ(ConditionOf("running", transport, port_state), expected) << port_state;
    EXPECT_EQ(ConditionOf("created", transport, port_state), expected) << port_state;
  }
}

DiscoveredNexus Nexus(const char* name, Transport transport, const char* port_name) {
  DiscoveredNexus nexus;
  nexus.name = name;
  nexus.transport = transport;
  nexus.port_name = port_name;
  return nexus;
}

// 1:0:0:0 behind rport-1:0-0, online, and 1:0:1:0 behind rport-1:0-1, blocked.
class FcLookTest : public testing::Test {
 protected:
  DeviceLook LookAt(const Hctl& hctl, const DiscoveredNexus& nexus) {
    return TransportLook(tree_.root()).Look(hctl, nexus);
  }

  SysfsTree tree_{"fc"};
  const Hctl first_{1, 0, 0, 0};
  const DiscoveredNexus nexus_ = Nexus("1:0:0", Transport::kFc, "rport-1:0-0");
  const std::string device_ = tree_.Resolve("class/scsi_device/1:0:0:0/device");
  const std::string port_ = tree_.Resolve("class/fc_remote_ports/rport-1:0-0");
};

TEST_F(FcLookTest, WordsOfDeviceAndPortAreShown) {
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kReady, "running", "Online"}));
  EXPECT_EQ(LookAt({1, 0, 1, 0}, Nexus("1:0:1", Transport::kFc, "rport-1:0-1")),
            (DeviceLook{DeviceCondition::kBlocked, "blocked", "Blocked"}));
}

TEST_F(FcLookTest, BlockedPortOfARunningDeviceBlocks) {
  tree_.Write(port_ + "/port_state", "Blocked\n");
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kBlocked, "running", "Blocked"}));
}

TEST_F(FcLookTest, UnreadablePortStateIsEmpty) {
  tree_.Remove(port_ + "/port_state");
  tree_.MakeDirectory(port_ + "/port_state");
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kReady, "running", ""}));
}

TEST_F(FcLookTest, PortThatHasVanishedLeavesTheWordToTheDevice) {
  tree_.Remove("class/fc_remote_ports/rport-1:0-0");
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kReady, "running", ""}));
}

TEST_F(FcLookTest, NexusOfWhichNothingIsKnownLeavesTheWordToTheDevice) {
  EXPECT_EQ(LookAt(first_, DiscoveredNexus()),
            (DeviceLook{DeviceCondition::kReady, "running", ""}));
}

TEST_F(FcLookTest, DeletedDeviceIsGone) {
  tree_.Remove(device_);  // leaves a dangling link in the class
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kGone, "", "Online"}));
  EXPECT_EQ(LookAt({9, 0, 0, 0}, DiscoveredNexus()), (DeviceLook{DeviceCondition::kGone, "", ""}));
}

TEST_F(FcLookTest, UnreadableStateOfADeviceThatExistsIsUnknown) {
  tree_.Remove(device_ + "/state");
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kUnknown, "", "Online"}));
  tree_.MakeDirectory(device_ + "/state");
  EXPECT_EQ(LookAt(first_, nexus_), (DeviceLook{DeviceCondition::kUnknown, "", "Online"}));
}

TEST(IscsiLookTest, StateOfTheSessionIsRead) {
  SysfsTree tree("iscsi");
  tree.Write(tree.Resolve("class/scsi_device/3:0:0:0/device") + "/state", "running\n");
  const TransportLook look(tree.root());
  EXPECT_EQ(look.Look({2, 0, 0, 0}, Nexus("2:0:0", Transport::kIscsi, "session3")),
            (DeviceLook{DeviceCondition::kReady, "running", "LOGGED_IN"}));
  EXPECT_EQ(look.Look({3, 0, 0, 0}, Nexus("3:0:0", Transport::kIscsi, "session4")),
            (DeviceLook{DeviceCondition::kBlocked, "running", "FAILED"}));
  EXPECT_EQ(look.Look({4, 0, 0, 0}, Nexus("4:0:0", Transport::kIscsi, "session12")),
            (DeviceLook{DeviceCondition::kTransportOffline, "transport-offline", "FREE"}));
}

TEST(SasLookTest, PortHasNoWord) {
  const SysfsTree tree("sas");
  EXPECT_EQ(TransportLook(tree.root())
                .Look({7, 0, 0, 0}, Nexus("7:0:0", Transport::kSas, "end_device-7:0")),
            (DeviceLook{DeviceCondition::kReady, "running", ""}));
}

}  // namespace
}  // namespace pathwatch::discovery
