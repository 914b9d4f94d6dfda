#include "lib/discovery/nexus_reader.h"

#include <sys/resource.h>

#include <string>

#include "gtest/gtest.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

PortPlace PlaceOn(std::uint32_t host, const char* sysfs_path) {
  return PortPlaceOf({host, 0, 0, 0}, sysfs_path);
}

TEST(PortPlaceTest, NearestPortOfTheOwnHostCounts) {
  const struct {
    std::uint32_t host;
    const char* path;
    PortPlace expected;
  } cases[] = {
      {3,
       "../devices/pci0/host3/rport-3:0-17/target3:0:0/3:0:0:0",
       {Transport::kFc, "rport-3:0-17"}},
      {0,
       "../devices/platform/host0/session1/target0:0:0/0:0:0:0",
       {Transport::kIscsi, "session1"}},
      {6,
       "a/host6/port-6:0/end_device-6:0/target6:0:0/6:0:0:0",
       {Transport::kSas, "end_device-6:0"}},
      {6, "host6/expander-6:0/end_device-6:0:11/6:0:0:0", {Transport::kSas, "end_device-6:0:11"}},
      {5, "host1/rport-1:0-4/host5/rport-5:0-2/target5:0:0", {Transport::kFc, "rport-5:0-2"}},
      {5, "host1/rport-1:0-4/host5/target5:0:0/5:0:0:0", {}},
      {1, "host1/rport-11:0-4/target1:0:0/1:0:0:0", {}},
      {1, "host1/session/target1:0:0", {}},
      {1, "host1/sessions4/session-4/session04", {}},
      {1, "session7", {Transport::kIscsi, "session7"}},
      {1, "/", {}},
      {1, "", {}},
  };
  for (const auto& [host, path, expected] : cases) {
    EXPECT_EQ(PlaceOn(host, path), expected) << path;
  }
}

class NexusReaderTest : public testing::Test {
 protected:
  static constexpr Hctl kHctl{1, 0, 0, 7};

  NexusReader::Finding Read(const std::string& port) {
    auto finding = NexusReader(tree_.root() + "/class").Read(kHctl, "host1/" + port + "/1:0:0:7");
    EXPECT_TRUE(finding.ok()) << finding.status();
    return *std::move(finding);
  }
  std::string Warning(const NexusReader::Finding& finding) {
    std::string text = finding.warning;
    const std::size_t at = text.find(tree_.root());
    return at == std::string::npos ? text : text.replace(at, tree_.root().size(), "SYS");
  }
  // Opening a directory works and reading it fails, which no file mode does for root.
  void MakeUnreadable(const std::string& name) {
    tree_.Remove(name);
    tree_.MakeDirectory(name);
  }

  void AddFc() {
    tree_.Write("class/fc_host/host1/port_name", "0xa\n");
    tree_.Write("class/fc_remote_ports/rport-1:0-0/port_name", "0xb\n");
    tree_.Write("class/fc_remote_ports/rport-1:0-0/port_state", "Online\n");
  }
  void AddIscsi() {
    tree_.Write("class/iscsi_session/session3/initiatorname", "iqn.init\n");
    tree_.Write("class/iscsi_session/session3/targetname", "iqn.target\n");
    tree_.Write("class/iscsi_session/session3/tpgt", "1\n");
    tree_.Write("class/iscsi_session/session3/state", "LOGGED_IN\n");
    tree_.Write("class/iscsi_connection/connection3:0/address", "10.9.0.1\n");
    tree_.Write("class/iscsi_connection/connection3:0/port", "3260\n");
  }

  SysfsTree tree_;
};

TEST_F(NexusReaderTest, RemotePortThatHasVanishedKeepsItsKernelName) {
  const auto finding = Read("rport-1:0-0");
  DiscoveredNexus expected;
  expected.name = "1:0:0";
  expected.transport = Transport::kFc;
  expected.port_name = "rport-1:0-0";
  EXPECT_EQ(finding.nexus, expected);
  EXPECT_EQ(finding.warning, "");
}

TEST_F(NexusReaderTest, UnreadablePortStateIsEmpty) {
  AddFc();
  MakeUnreadable("class/fc_remote_ports/rport-1:0-0/port_state");
  const auto finding = Read("rport-1:0-0");
  EXPECT_EQ(finding.nexus.port_state, "");
  EXPECT_EQ(finding.nexus.initiator_port, "0xa");
  EXPECT_EQ(finding.nexus.target_port, "0xb");
  EXPECT_EQ(finding.warning, "");
}

TEST_F(NexusReaderTest, UnreadableNameOfARemotePortIsAWarning) {
  AddFc();
  MakeUnreadable("class/fc_remote_ports/rport-1:0-0/port_name");
  const auto finding = Read("rport-1:0-0");
  EXPECT_EQ(finding.nexus.target_port, "");
  EXPECT_EQ(finding.nexus.port_state, "Online");
  EXPECT_EQ(Warning(finding),
            "SYS/class/fc_remote_ports/rport-1:0-0/port_name is not usable (Is a directory): the "
            "target port of 1:0:0 is known by the kernel's name rport-1:0-0 only.");
}

TEST_F(NexusReaderTest, UnreadableInitiatorPortIsNoWarning) {
  AddFc();
  MakeUnreadable("class/fc_host/host1/port_name");
  const auto finding = Read("rport-1:0-0");
  EXPECT_EQ(finding.nexus.initiator_port, "");
  EXPECT_EQ(finding.warning, "");
}

TEST_F(NexusReaderTest, SessionWithoutTargetNameIsKnownByItsPortal) {
  AddIscsi();
  MakeUnreadable("class/iscsi_session/session3/targetname");
  const auto finding = Read("session3");
  EXPECT_EQ(finding.nexus.target_port, "");
  EXPECT_EQ(finding.nexus.portal, "10.9.0.1:3260");
  EXPECT_EQ(finding.warning, "");
}

TEST_F(NexusReaderTest, SessionWithoutConnectionAndTargetNameIsAWarning) {
  AddIscsi();
  tree_.Write("class/iscsi_session/session3/targetname", "(null)\n");
  tree_.Remove("class/iscsi_connection");
  const auto finding = Read("session3");
  EXPECT_EQ(finding.nexus.portal, "");
  EXPECT_EQ(Warning(finding),
            "SYS/class/iscsi_session/session3/targetname is not usable (no value): the target "
            "port of 1:0:0 is known by the kernel's name session3 only.");
}

TEST_F(NexusReaderTest, PortalGroupThatIsNoNumberNamesNoTargetPort) {
  AddIscsi();
  tree_.Remove("class/iscsi_connection");
  for (const char* tag : {"-1", "65536", "", "one"}) {
    tree_.Write("class/iscsi_session/session3/tpgt", std::string(tag) + "\n");
    const auto finding = Read("session3");
    EXPECT_EQ(finding.nexus.target_port, "") << tag;
    EXPECT_EQ(Warning(finding),
              std::string("SYS/class/iscsi_session/session3/tpgt is not usable (") +
                  (*tag == '\0' ? "no value" : "not a portal group") +
                  "): the target port of 1:0:0 is known by the kernel's name session3 only.");
  }
}

TEST_F(NexusReaderTest, SasDeviceWithoutAddressIsAWarningOnlyIfItsEntryExists) {
  EXPECT_EQ(Read("end_device-1:0").warning, "");
  MakeUnreadable("class/sas_device/end_device-1:0/sas_address");
  EXPECT_EQ(Warning(Read("end_device-1:0")),
            "SYS/class/sas_device/end_device-1:0/sas_address is not usable (Is a directory): the "
            "target port of 1:0:0 is known by the kernel's name end_device-1:0 only.");
}

TEST_F(NexusReaderTest, WithoutDescriptorsTheReadFails) {
  AddFc();
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit none = before;
  none.rlim_cur = 0;
  NexusReader reader(tree_.root() + "/class");
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  const auto failed = reader.Read(kHctl, "host1/rport-1:0-0/1:0:0:7");
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(failed.status().ToString(),
            "RESOURCE_EXHAUSTED: The scan of SCSI devices stopped at " + tree_.root() +
                "/class/fc_remote_ports/rport-1:0-0/port_state (Too many open files): raise the "
                "limit of open files or free memory; the next scan begins anew.");
  const auto again = reader.Read(kHctl, "host1/rport-1:0-0/1:0:0:7");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->nexus.target_port, "0xb");
}

}  // namespace
}  // namespace pathwatch::discovery
