#include "lib/discovery/scanner.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/discovery/sysfs.h"
#include "lib/scsi/identity.h"
#include "tests/discovery/describe.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

std::string Found(const SysfsTree& tree) { return Describe(Scan(tree.root()), tree.root()); }

// Each tree beside the text of what must be found in it. Those named so were recorded from a real
// kernel: scsi_debug with the driver of 0:0:0:1 unbound and 0:0:1:0 set offline, and two iSCSI
// sessions to one array. The others are made by hand.
class WholeTreeTest : public testing::TestWithParam<const char*> {};

TEST_P(WholeTreeTest, IsFoundAsExpected) {
  std::ifstream in(std::string("tests/discovery/trees/") + GetParam() + ".expected");
  const std::string expected(std::istreambuf_iterator<char>(in), {});
  ASSERT_NE(expected, "");
  EXPECT_EQ(Found(SysfsTree(GetParam())), expected);
}

INSTANTIATE_TEST_SUITE_P(Trees, WholeTreeTest,
                         testing::Values("scsi_debug", "recorded_scsi_debug", "disks", "left_alone",
                                         "identifiers", "fc", "sas", "iscsi", "recorded_iscsi",
                                         "maps"),
                         [](const auto& info) { return std::string(info.param); });

// One LIO disk at 3:0:0:0 that a test then spoils.
class OneDiskTest : public testing::Test {
 protected:
  static constexpr const char* kClass = "class/scsi_device/3:0:0:0";
  static constexpr const char* kDevice = "devices/host3/target3:0:0/3:0:0:0/";

  OneDiskTest() {
    tree_.MakeDirectory("class/scsi_host");
    tree_.Link(kClass, std::string("../../") + kDevice + "scsi_device/3:0:0:0");
    tree_.Link(std::string(kDevice) + "scsi_device/3:0:0:0/device", "../../../3:0:0:0");
    Write("inquiry", kInquiry);
    Write("vpd_pg83", kPage);
    Write("type", "0\n");
    Write("vendor", "TEXT    \n");
    Write("model", "from files      \n");
    Write("rev", "1   \n");
    Write("state", "running\n");
    Write("timeout", "30\n");
    Write("block/sda/dev", "8:0\n");
    Write("scsi_generic/sg0/dev", "21:0\n");
  }

  void Write(const std::string& name, const std::string& content) {
    tree_.Write(kDevice + name, content);
  }
  void Remove(const std::string& name) { tree_.Remove(kDevice + name); }
  // Opening a directory works and reading it fails, which no file mode does for root.
  void MakeUnreadable(const std::string& name) {
    Remove(name);
    tree_.MakeDirectory(kDevice + name);
  }

  static const std::string kInquiry;  // a disk with TPGS 3
  static const std::string kPage;     // NAA 50014050000000aa
  SysfsTree tree_;
};

const std::string OneDiskTest::kInquiry("\0\0\6\2\x1f\x30\0\2LIO-ORG rd              4.0 ", 36);
const std::string OneDiskTest::kPage("\0\x83\0\x0c\1\3\0\x08\x50\1\x40\x50\0\0\0\xaa", 16);

TEST_F(OneDiskTest, WithEverythingReadableHasNoWarning) {
  EXPECT_EQ(Found(tree_),
            "3:0:0:0 nexus=3:0:0 pdt=00 pq=0 tpgs=3 LIO-ORG|rd|4.0 lu=350014050000000aa "
            "sd=sda(8:0) sg=sg0(21:0) 30s running\n");
}

TEST_F(OneDiskTest, UnreadableInquiryFallsBackToTheTextFiles) {
  MakeUnreadable("inquiry");
  EXPECT_EQ(Found(tree_),
            "3:0:0:0 nexus=3:0:0 pdt=00 pq=0 tpgs=0 TEXT|from files|1 lu=350014050000000aa "
            "sd=sda(8:0) sg=sg0(21:0) 30s running\n"
            "  ! SYS/class/scsi_device/3:0:0:0/device/inquiry is not usable (Is a directory): the "
            "text files beside it are used instead, and the device counts as one without ALUA.\n");
}

TEST_F(OneDiskTest, CutInquiryFallsBackToTheTextFilesThatAreThere) {
  Write("inquiry", kInquiry.substr(0, 20));
  Remove("model");
  EXPECT_EQ(
      Found(tree_),
      "3:0:0:0 nexus=3:0:0 pdt=00 pq=0 tpgs=0 TEXT||1 lu=350014050000000aa sd=sda(8:0) "
      "sg=sg0(21:0) 30s running\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/inquiry is not usable (INQUIRY data is short: it "
      "has 20 of at least 36 bytes (no more arrived); the identity of the device stays unknown): "
      "the text files beside it are used instead, and the device counts as one without ALUA.\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/model is not usable (No such file or directory): "
      "it counts as empty.\n");
}

TEST_F(OneDiskTest, TypeFromTheTextFileAlsoExcludes) {
  Remove("inquiry");
  Write("type", "1\n");
  EXPECT_EQ(Found(tree_),
            "excluded 3:0:0:0: It is a tape drive (peripheral device type 01h): only disks are "
            "checked, as a check would take unit attentions away from the users of other "
            "devices.\n");
}

TEST_F(OneDiskTest, WithoutAnyTypeIsNotChecked) {
  Remove("inquiry");
  MakeUnreadable("type");
  EXPECT_EQ(Found(tree_),
            "unreadable 3:0:0:0: SYS/class/scsi_device/3:0:0:0/device/type is not usable (Is a "
            "directory): the device is not checked, as its type is not known.\n");
  Remove("type");
  Write("type", "disk\n");
  EXPECT_EQ(Found(tree_),
            "unreadable 3:0:0:0: SYS/class/scsi_device/3:0:0:0/device/type is not usable (not a "
            "number): the device is not checked, as its type is not known.\n");
}

TEST_F(OneDiskTest, DeviceThatIsNoDirectoryIsNotChecked) {
  Remove("");
  tree_.Write("devices/host3/target3:0:0/3:0:0:0/scsi_device/3:0:0:0/device", "");
  EXPECT_EQ(Found(tree_),
            "unreadable 3:0:0:0: SYS/class/scsi_device/3:0:0:0/device is not usable (Not a "
            "directory): the device is not checked.\n");
}

TEST_F(OneDiskTest, ClassEntryThatIsNoLinkIsNotChecked) {
  tree_.Remove(kClass);
  tree_.MakeDirectory(kClass);
  EXPECT_EQ(Found(tree_),
            "unreadable 3:0:0:0: SYS/class/scsi_device/3:0:0:0 is not usable (Invalid argument): "
            "the device is not checked.\n");
}

TEST_F(OneDiskTest, UnusableNodesTimeoutAndStateAreWarningsOnly) {
  Remove("block");
  Write("block", "a file\n");
  Write("scsi_generic/sg0/dev", "21\n");
  Write("timeout", "0\n");
  Remove("state");
  EXPECT_EQ(
      Found(tree_),
      "3:0:0:0 nexus=3:0:0 pdt=00 pq=0 tpgs=3 LIO-ORG|rd|4.0 lu=350014050000000aa sg=sg0(0:0) "
      "30s \n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/block is not usable (Not a directory): the device "
      "counts as one without that node.\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/scsi_generic/sg0/dev is not usable (not a device "
      "number): the node's device number is not known.\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/timeout is not usable (not a number of seconds): "
      "the command timeout is taken as 30 s.\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/state is not usable (No such file or directory): "
      "the kernel's state of the device is not known.\n");
}

TEST_F(OneDiskTest, UnreadableNumbersAreWarningsOnly) {
  MakeUnreadable("block/sda/dev");
  MakeUnreadable("timeout");
  EXPECT_EQ(
      Found(tree_),
      "3:0:0:0 nexus=3:0:0 pdt=00 pq=0 tpgs=3 LIO-ORG|rd|4.0 lu=350014050000000aa sd=sda(0:0) "
      "sg=sg0(21:0) 30s running\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/block/sda/dev is not usable (Is a directory): the "
      "node's device number is not known.\n"
      "  ! SYS/class/scsi_device/3:0:0:0/device/timeout is not usable (Is a directory): the "
      "command timeout is taken as 30 s.\n");
}

TEST_F(OneDiskTest, IdentityHoldsAllDesignatorsOfTheLogicalUnit) {
  // A designator of the vendor beside the NAA one.
  Write("vpd_pg83", std::string("\0\x83\0\x14\2\0\0\4acme\1\3\0\x08\x50\1\x40\x50\0\0\0\xaa", 24));
  const auto snapshot = Scan(tree_.root());
  ASSERT_TRUE(snapshot.ok());
  const DiscoveredPath& path = snapshot->paths.at(0);
  EXPECT_EQ(path.lu_id, "350014050000000aa");
  EXPECT_EQ(path.identity.name, path.lu_id);
  EXPECT_EQ(path.identity.designators.size(), 2u);
  EXPECT_TRUE(scsi::MayBeSame(path.identity, scsi::IdentityNamed(path.lu_id)));
}

TEST_F(OneDiskTest, NexusOfNoKnownTransportHasItsNameOnly) {
  const auto snapshot = Scan(tree_.root());
  ASSERT_TRUE(snapshot.ok());
  DiscoveredNexus expected;
  expected.name = "3:0:0";
  EXPECT_EQ(snapshot->nexuses, std::vector<DiscoveredNexus>{expected});
}

TEST_F(OneDiskTest, NexusWithoutAPathIsNotListed) {
  Write("inquiry", std::string("\1", 1) + kInquiry.substr(1));  // a tape drive
  const auto snapshot = Scan(tree_.root());
  ASSERT_TRUE(snapshot.ok());
  EXPECT_TRUE(snapshot->nexuses.empty());
}

TEST_F(OneDiskTest, UnusableBlockDirectoryIsAWarningOnly) {
  tree_.Write("block", "a file\n");
  EXPECT_EQ(Found(tree_),
            "3:0:0:0 nexus=3:0:0 pdt=00 pq=0 tpgs=3 LIO-ORG|rd|4.0 lu=350014050000000aa "
            "sd=sda(8:0) sg=sg0(21:0) 30s running\n"
            "! SYS/block is not usable (Not a directory): the maps of dm-multipath are not "
            "known.\n");
}

TEST_F(OneDiskTest, GarbageIdentityNeverDropsThePath) {
  const std::uint32_t seed = 20240229;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (std::size_t round = 0; round < 200; ++round) {
    std::string page = kPage.substr(0, round % (kPage.size() + 1));
    std::string inquiry = kInquiry.substr(0, round % (kInquiry.size() + 1));
    if (round >= 50 && !page.empty()) page[random() % page.size()] = static_cast<char>(random());
    if (round >= 50 && inquiry.size() > 2) {
      inquiry[1 + random() % (inquiry.size() - 1)] = static_cast<char>(random());
    }
    Write("vpd_pg83", page);
    Write("inquiry", inquiry);
    const auto snapshot = Scan(tree_.root());
    ASSERT_TRUE(snapshot.ok());
    ASSERT_EQ(snapshot->paths.size(), 1u) << Describe(snapshot, tree_.root());
    const DiscoveredPath& path = snapshot->paths.front();
    ASSERT_TRUE(!path.lu_id.empty() || !path.warnings.empty()) << "round " << round;
  }
}

TEST_F(OneDiskTest, HostWithoutItsFilesIsListedWithWarnings) {
  tree_.MakeDirectory("class/scsi_host/host3");
  tree_.Write("class/scsi_host/host4/proc_name", "lpfc\n");
  tree_.Write("class/scsi_host/host4/can_queue", "many\n");
  tree_.Remove(kClass);
  EXPECT_EQ(Found(tree_),
            "host3  0\n"
            "host4 lpfc 0\n"
            "! SYS/class/scsi_host/host3/proc_name is not usable (No such file or directory): the "
            "host counts as one without it.\n"
            "! SYS/class/scsi_host/host3/can_queue is not usable (No such file or directory): the "
            "host counts as one without it.\n"
            "! SYS/class/scsi_host/host4/can_queue is not usable (not a number): the host counts "
            "as one without it.\n");
}

// Descriptors run out at each place where the scan opens one. A scan that found fewer devices
// instead would make the paths look deleted.
TEST_F(OneDiskTest, WithoutDescriptorsTheScanFailsAsAWhole) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  Descriptor lowest;
  ASSERT_EQ(OpenDirectory(AT_FDCWD, "/", lowest), 0);
  const int next = lowest.get();
  lowest = Descriptor();

  const char* places[] = {"SYS/class", "SYS/class/scsi_device", "SYS/class/scsi_device/3:0:0:0"};
  for (rlim_t more = 0; more < 3; ++more) {
    rlimit limit = before;
    limit.rlim_cur = static_cast<rlim_t>(next) + more;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    const std::string found = Found(tree_);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_EQ(found, std::string("RESOURCE_EXHAUSTED: The scan of SCSI devices stopped at ") +
                         places[more] +
                         " (Too many open files): raise the limit of open files or free memory; "
                         "the next scan begins anew.");
  }
}

TEST(ScannerTest, DirectoryWithoutSysfsIsAFailure) {
  const SysfsTree tree;
  EXPECT_EQ(Found(tree),
            "FAILED_PRECONDITION: The scan of SCSI devices stopped at SYS/class (No such file or "
            "directory): mount sysfs at SYS and give the daemon access to it.");
}

TEST(ScannerTest, UnreadableClassIsAFailure) {
  SysfsTree tree;
  tree.Write("class/scsi_device", "a file");
  EXPECT_EQ(Found(tree),
            "FAILED_PRECONDITION: The scan of SCSI devices stopped at SYS/class/scsi_device (Not "
            "a directory): mount sysfs at SYS and give the daemon access to it.");
}

TEST(ScannerTest, KernelWithoutScsiHasNoPaths) {
  SysfsTree tree;
  tree.MakeDirectory("class/net");
  EXPECT_EQ(Found(tree),
            "! SYS/class/scsi_device does not exist: the kernel's SCSI module (scsi_mod) is not "
            "loaded, so there are no paths.\n");
}

}  // namespace
}  // namespace pathwatch::discovery
