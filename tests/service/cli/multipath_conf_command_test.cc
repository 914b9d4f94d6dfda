#include "service/cli/multipath_conf_command.h"

#include <sstream>
#include <string>
#include <vector>

#include "service/cli/multipath_conf.h"
#include "tests/discovery/sysfs_tree.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

pw_lun_record Lun(const std::string& vendor, const std::string& product, std::uint32_t flags) {
  pw_lun_record lun{};
  SetText(lun.wwid, "3600" + vendor + product);
  SetText(lun.vendor, vendor);
  SetText(lun.product, product);
  lun.flags = flags;
  lun.paths_total = 2;
  lun.paths_by_state[PW_STATE_UP] = 2;
  return lun;
}

// A host with two paths each to two logical units: 3:0:0:1 and 4:0:0:1 to one of NETAPP, 3:0:0:2
// and 4:0:0:2 to another. The plugin is installed.
class MultipathConfCommandTest : public PublishedStateTest {
 protected:
  MultipathConfCommandTest() {
    for (const char* path : {"3:0:0:1", "3:0:0:2", "4:0:0:1", "4:0:0:2"}) AddDisk(path, "alua");
    root_.Write("usr/lib/multipath/libchecktur.so", "");
    root_.Write("usr/lib/multipath/libcheckpathwatch.so", "");
  }

  void AddDisk(const std::string& hctl, const std::string& handler) {
    const std::string place = "devices/host/" + hctl;
    sysfs_.MakeDirectory(place + "/scsi_device/" + hctl);
    sysfs_.Link(place + "/scsi_device/" + hctl + "/device", "../../../" + hctl);
    sysfs_.Link("class/scsi_device/" + hctl, "../../" + place + "/scsi_device/" + hctl);
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, std::string>>{{"type", "0"},
                                                          {"vendor", "NETAPP  "},
                                                          {"model", "LUN C-Mode      "},
                                                          {"rev", "9151"},
                                                          {"state", "running"},
                                                          {"timeout", "30"},
                                                          {"dh_state", handler},
                                                          {"block/sda/dev", "8:0"}}) {
      sysfs_.Write(place + "/" + name, value + "\n");
    }
  }

  void PublishPaths() {
    Publish({UpPath(3, 1, "sda"), UpPath(3, 2, "sdb"), UpPath(4, 1, "sdc"), UpPath(4, 2, "sdd")});
    ASSERT_TRUE(file().PutLun(1, Lun("NETAPP  ", "LUN C-Mode", PW_LUN_ALUA)).ok());
    ASSERT_TRUE(file().PutLun(2, Lun("NETAPP  ", "LUN C-Mode", PW_LUN_ALUA)).ok());
  }

  Outcome Make() {
    std::ostringstream out;
    std::ostringstream err;
    DoctorOptions options;
    options.sysfs_root = sysfs_.root();
    options.etc_dir = etc_.root();
    options.root_dir = root_.root();
    const int code = RunMultipathConf({run_dir(), kNow, out, err}, options);
    return {.code = code, .out = out.str(), .err = err.str()};
  }

  discovery::SysfsTree sysfs_;
  discovery::SysfsTree etc_;
  discovery::SysfsTree root_;
};

MultipathConf Read(const Outcome& outcome) {
  MultipathConf conf;
  AddMultipathText(outcome.out, "piece", conf);
  return conf;
}

TEST_F(MultipathConfCommandTest, ArrayOfTheHostGetsASectionThatMatchesIt) {
  PublishPaths();
  const Outcome outcome = Make();
  const MultipathConf conf = Read(outcome);
  EXPECT_TRUE(conf.remarks.empty()) << outcome.out;
  ASSERT_EQ(conf.sections.size(), 1U) << outcome.out;
  EXPECT_TRUE(Matches(conf.sections[0], "NETAPP", "LUN C-Mode"));
  EXPECT_NE(outcome.out.find("# NETAPP LUN C-Mode: 2 logical units\n"), std::string::npos);
  EXPECT_NE(outcome.out.find("#overrides {"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(MultipathConfCommandTest, WhatItPrintsIsNoConflictOnceItIsInstalled) {
  PublishPaths();
  const Outcome first = Make();
  etc_.Write("multipath/conf.d/pathwatch.conf", first.out);
  EXPECT_EQ(Make().out, first.out);
  EXPECT_EQ(Make().code, 0);
}

TEST_F(MultipathConfCommandTest, LogicalUnitWithoutPortGroupsForbidsTheOverrides) {
  PublishPaths();
  ASSERT_TRUE(file().PutLun(2, Lun("ACME", "JBOD", 0)).ok());
  const Outcome outcome = Make();
  EXPECT_EQ(Read(outcome).sections.size(), 1U);
  EXPECT_NE(outcome.out.find("# ACME JBOD: not judged by pathwatch"), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("# - 2 disks (such as 3:0:0:2) are of ACME JBOD and without target "
                             "port groups\n"),
            std::string::npos)
      << outcome.out;
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(MultipathConfCommandTest, DisksOutsideOfPathwatchForbidTheOverrides) {
  PublishPaths();
  AddDisk("9:0:0:0", "alua");
  sysfs_.Write("class/nvme-subsystem/nvme-subsys0/model", "ACME\n");
  const Outcome outcome = Make();
  EXPECT_EQ(outcome.out.find("overrides {"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("# - there is NVMe (nvme-subsys0)"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("# - 1 disk (9:0:0:0) is not watched by pathwatchd\n"),
            std::string::npos)
      << outcome.out;
}

TEST_F(MultipathConfCommandTest, DiskThatIsLeftAloneForbidsTheOverrides) {
  PublishPaths();
  AddDisk("9:0:0:0", "");
  sysfs_.Write("class/scsi_device/9:0:0:0/device/type", "5\n");
  EXPECT_NE(Make().out.find("# - 1 disk (9:0:0:0) is left alone by pathwatch\n"), std::string::npos)
      << Make().out;
}

TEST_F(MultipathConfCommandTest, ArrayWithAProprietaryHandlerIsLeftOutWithAWarning) {
  PublishPaths();
  sysfs_.Write("class/scsi_device/3:0:0:1/device/dh_state", "rdac\n");
  const Outcome outcome = Make();
  EXPECT_TRUE(Read(outcome).sections.empty()) << outcome.out;
  EXPECT_NE(outcome.out.find("keeps multipathd's own checker (what its ports can do is only known "
                             "to rdac)"),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.err.find("pathwatch: the access states of 1 path of NETAPP LUN C-Mode"),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(MultipathConfCommandTest, DetachedHandlerIsAWarningInBothPlaces) {
  PublishPaths();
  sysfs_.Write("class/scsi_device/4:0:0:2/device/dh_state", "detached\n");
  const Outcome outcome = Make();
  const std::string sentence =
      "no handler of the kernel is attached to 1 path of NETAPP LUN C-Mode";
  EXPECT_NE(outcome.out.find("# WARNING: " + sentence), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("pathwatch: " + sentence), std::string::npos) << outcome.err;
  EXPECT_EQ(Read(outcome).sections.size(), 1U);
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(MultipathConfCommandTest, ConfigurationThatConflictsIsAWarning) {
  PublishPaths();
  etc_.Write("multipath.conf", "overrides {\npath_checker tur\n}\n");
  const Outcome outcome = Make();
  EXPECT_NE(outcome.err.find("overrides: path_checker tur beats"), std::string::npos);
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(MultipathConfCommandTest, HostWithoutSuchArraysIsAWarning) {
  Publish({});
  const Outcome outcome = Make();
  EXPECT_NE(outcome.out.find("there is nothing to set"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(MultipathConfCommandTest, LogicalUnitsWithoutDevicesDoNotCount) {
  PublishPaths();
  pw_lun_record gone = Lun("ACME", "OLD", PW_LUN_ALUA);
  gone.paths_total = 0;
  ASSERT_TRUE(file().PutLun(3, gone).ok());
  EXPECT_EQ(Make().out.find("ACME"), std::string::npos);
}

TEST_F(MultipathConfCommandTest, WithoutAStateItSaysHowToStartPathwatchd) {
  const Outcome outcome = Make();
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "pathwatch: " + run_dir() +
                             "/state: there is no state file: start pathwatchd, or name its "
                             "--run-dir\n");
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(MultipathConfCommandTest, StaleStateIsUsedWithAWarning) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  ASSERT_TRUE(file().PutLun(1, Lun("NETAPP", "LUN", PW_LUN_ALUA)).ok());
  const Outcome outcome = Make();
  EXPECT_EQ(Read(outcome).sections.size(), 1U);
  EXPECT_NE(outcome.err.find("42 s old"), std::string::npos);
  EXPECT_EQ(outcome.code, 3);
}

TEST_F(MultipathConfCommandTest, CommandLineChoosesIt) {
  PublishPaths();
  const Outcome outcome = Run({"doctor", "--multipath-conf", "--sysfs", sysfs_.root()});
  EXPECT_EQ(Read(outcome).sections.size(), 1U) << outcome.out;
  EXPECT_EQ(Run({"doctor", "--multipath-conf", "--json"}).code, 64);
}

}  // namespace
}  // namespace pathwatch::cli
