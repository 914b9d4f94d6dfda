#include "lib/publish/state_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "lib/checker/state_reader.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

class StateFileTest : public testing::Test {
 protected:
  StateFileTest() { reader_.file = -1; }
  ~StateFileTest() override { pw_close(&reader_); }

  // The reader's view, with the file opened anew.
  pw_reader& Reader() {
    pw_close(&reader_);
    EXPECT_EQ(pw_open(directory_.state().c_str(), &reader_), PW_OK);
    return reader_;
  }

  TempRunDirectory directory_;
  pw_reader reader_{};
};

TEST_F(StateFileTest, NewFileHasTheWritersHeaderAndNoRecords) {
  const auto state = CreateState(directory_, Capacities{});
  pw_header header;
  ASSERT_EQ(pw_header_snapshot(&Reader(), &header), PW_OK);
  EXPECT_EQ(header.version_major, 1);
  EXPECT_EQ(header.version_minor, 4);
  EXPECT_EQ(header.epoch, 0x1122334455667788);
  EXPECT_EQ(header.daemon_pid, 4711U);
  EXPECT_STREQ(header.daemon_version, "1.2.3");
  EXPECT_EQ(header.boot_id[15], 15);
  EXPECT_EQ(header.started_boottime_ns, kNow);
  EXPECT_EQ(header.heartbeat_boottime_ns, kNow);
  EXPECT_EQ(header.superseded, 0U);
  EXPECT_EQ(header.file_size, std::filesystem::file_size(directory_.state()));
  std::uint32_t count = 1;
  EXPECT_EQ(pw_path_count(&reader_, &count), PW_OK);
  EXPECT_EQ(count, 0U);
  pw_path_record path;
  EXPECT_EQ(pw_read_path(&reader_, 0, &path), PW_NOT_FOUND);
}

TEST_F(StateFileTest, FileIsForItsOwnerToWriteAndForItsGroupToRead) {
  const auto state = CreateState(directory_, Capacities{});
  struct stat status {};
  ASSERT_EQ(stat(directory_.state().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
  EXPECT_FALSE(std::filesystem::exists(directory_.state() + ".new"));
}

TEST_F(StateFileTest, AllSpaceIsAllocated) {
  const auto state = CreateState(directory_, Capacities{});
  struct stat status {};
  ASSERT_EQ(stat(directory_.state().c_str(), &status), 0);
  EXPECT_GE(status.st_blocks * 512, status.st_size);
}

TEST_F(StateFileTest, OnePathCostsAtMost2624Bytes) {
  constexpr std::uint32_t kPaths = 10'000;
  const Capacities four_paths_in_two_groups_per_lun{.hosts = 16,
                                                    .nexuses = 64,
                                                    .luns = kPaths / 4,
                                                    .paths = kPaths,
                                                    .port_groups = kPaths / 2,
                                                    .changes = 1};
  const auto state = CreateState(directory_, four_paths_in_two_groups_per_lun);
  EXPECT_EQ(state->capacities().changes, kPaths * 2);
  EXPECT_LE(std::filesystem::file_size(directory_.state()), kPaths * 2624);
}

TEST_F(StateFileTest, VersionTooLongForItsFieldIsCut) {
  Writer writer = SampleWriter();
  writer.version = std::string(40, 'v');
  ASSERT_TRUE(StateFile::Create(directory_.path(), Capacities{}, writer, kNow).ok());
  pw_header header;
  ASSERT_EQ(pw_header_snapshot(&Reader(), &header), PW_OK);
  EXPECT_EQ(std::string(header.daemon_version), std::string(31, 'v'));
}

TEST_F(StateFileTest, PathIsReadBackByteForByte) {
  const auto state = CreateState(directory_, SmallCapacities(4));
  const pw_path_record written = SamplePath(2);
  ASSERT_TRUE(state->PutPath(2, written).ok());
  pw_path_record read;
  ASSERT_EQ(pw_read_path(&Reader(), 2, &read), PW_OK);
  read.head = written.head;
  EXPECT_EQ(std::memcmp(&read, &written, sizeof read), 0);
  std::uint32_t count = 0;
  EXPECT_EQ(pw_path_count(&reader_, &count), PW_OK);
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(pw_read_path(&reader_, 1, &read), PW_NOT_FOUND);
}

TEST_F(StateFileTest, OtherRecordsAreReadBack) {
  const auto state = CreateState(directory_, SmallCapacities(1));
  pw_host_record host{};
  host.number = 3;
  std::strcpy(host.proc_name, "qla2xxx");
  pw_nexus_record nexus{};
  std::strcpy(nexus.name, "3:0:0");
  nexus.transport = PW_TRANSPORT_FC;
  pw_lun_record lun{};
  std::strcpy(lun.wwid, "3600");
  lun.paths_by_state[PW_STATE_DOWN] = 7;
  std::strcpy(lun.dm_name, "mpatha");
  pw_port_group_record group{};
  group.tpg = 32;
  group.rtpi[31] = 7;
  pw_counters_record counters{};
  counters.values[PW_COUNTER_RESCANS] = 5;
  ASSERT_TRUE(state->PutHost(0, host).ok());
  ASSERT_TRUE(state->PutNexus(0, nexus).ok());
  ASSERT_TRUE(state->PutLun(0, lun).ok());
  ASSERT_TRUE(state->PutPortGroup(0, group).ok());
  state->PutCounters(counters);

  ASSERT_EQ(pw_read_host(&Reader(), 0, &host), PW_OK);
  EXPECT_EQ(host.number, 3U);
  EXPECT_STREQ(host.proc_name, "qla2xxx");
  ASSERT_EQ(pw_read_nexus(&reader_, 0, &nexus), PW_OK);
  EXPECT_STREQ(nexus.name, "3:0:0");
  EXPECT_EQ(nexus.transport, PW_TRANSPORT_FC);
  ASSERT_EQ(pw_read_lun(&reader_, 0, &lun), PW_OK);
  EXPECT_STREQ(lun.wwid, "3600");
  EXPECT_EQ(lun.paths_by_state[PW_STATE_DOWN], 7U);
  EXPECT_STREQ(lun.dm_name, "mpatha");
  ASSERT_EQ(pw_read_port_group(&reader_, 0, &group), PW_OK);
  EXPECT_EQ(group.tpg, 32);
  EXPECT_EQ(group.rtpi[31], 7);
  ASSERT_EQ(pw_read_counters(&reader_, &counters), PW_OK);
  EXPECT_EQ(counters.values[PW_COUNTER_RESCANS], 5U);
}

TEST_F(StateFileTest, RemovedRecordsAreNotFound) {
  const auto state = CreateState(directory_, SmallCapacities(2));
  ASSERT_TRUE(state->PutPath(0, SamplePath(1)).ok());
  ASSERT_TRUE(state->PutLun(0, pw_lun_record{}).ok());
  ASSERT_TRUE(state->PutNexus(0, pw_nexus_record{}).ok());
  ASSERT_TRUE(state->PutHost(0, pw_host_record{}).ok());
  ASSERT_TRUE(state->PutPortGroup(0, pw_port_group_record{}).ok());
  state->RemovePath(0);
  state->RemovePath(0);
  state->RemovePath(9);
  state->RemoveLun(0);
  state->RemoveNexus(0);
  state->RemoveHost(0);
  state->RemovePortGroup(0);
  pw_path_record path;
  EXPECT_EQ(pw_read_path(&Reader(), 0, &path), PW_NOT_FOUND);
  EXPECT_EQ(pw_find_path_by_hctl(&reader_, 3, 0, 1, 1, nullptr, &path), PW_NOT_FOUND);
  EXPECT_EQ(pw_find_path_by_devt(&reader_, makedev(8, 16), nullptr, &path), PW_NOT_FOUND);
  pw_lun_record lun;
  EXPECT_EQ(pw_read_lun(&reader_, 0, &lun), PW_NOT_FOUND);
  pw_nexus_record nexus;
  EXPECT_EQ(pw_read_nexus(&reader_, 0, &nexus), PW_NOT_FOUND);
  pw_host_record host;
  EXPECT_EQ(pw_read_host(&reader_, 0, &host), PW_NOT_FOUND);
  pw_port_group_record group;
  EXPECT_EQ(pw_read_port_group(&reader_, 0, &group), PW_NOT_FOUND);
}

TEST_F(StateFileTest, PathIsFoundByDiskBySgAndByNumbers) {
  const auto state = CreateState(directory_, SmallCapacities(8));
  for (std::uint32_t n = 1; n < 8; ++n) ASSERT_TRUE(state->PutPath(n, SamplePath(n)).ok());
  pw_path_record path;
  std::uint32_t index = 0;
  ASSERT_EQ(pw_find_path_by_devt(&Reader(), makedev(8, 16 * 5), &index, &path), PW_OK);
  EXPECT_EQ(index, 5U);
  EXPECT_EQ(path.generation, 105U);
  ASSERT_EQ(pw_find_path_by_devt(&reader_, makedev(21, 6), &index, &path), PW_OK);
  EXPECT_EQ(index, 6U);
  ASSERT_EQ(pw_find_path_by_hctl(&reader_, 3, 0, 3, 7, &index, &path), PW_OK);
  EXPECT_EQ(index, 7U);
  EXPECT_EQ(pw_find_path_by_hctl(&reader_, 3, 0, 2, 7, &index, &path), PW_NOT_FOUND);
  EXPECT_EQ(index, PW_NO_INDEX);
  EXPECT_EQ(pw_find_path_by_devt(&reader_, 0, &index, &path), PW_NOT_FOUND);
}

TEST_F(StateFileTest, PathThatGetsADiskIsFoundByItAndNoMoreByTheOldOne) {
  const auto state = CreateState(directory_, SmallCapacities(2));
  pw_path_record path = SamplePath(1);
  ASSERT_TRUE(state->PutPath(0, path).ok());
  path.sd_devt = makedev(65, 0);
  ASSERT_TRUE(state->PutPath(0, path).ok());
  EXPECT_EQ(pw_find_path_by_devt(&Reader(), makedev(65, 0), nullptr, &path), PW_OK);
  EXPECT_EQ(pw_find_path_by_devt(&reader_, makedev(8, 16), nullptr, &path), PW_NOT_FOUND);
  EXPECT_EQ(pw_find_path_by_hctl(&reader_, 3, 0, 1, 1, nullptr, &path), PW_OK);
}

TEST_F(StateFileTest, RemovedPathIsFoundOnlyUntilItsSuccessorComes) {
  const auto state = CreateState(directory_, SmallCapacities(2));
  pw_path_record path = SamplePath(1);
  path.state = PW_STATE_REMOVED;
  ASSERT_TRUE(state->PutPath(0, path).ok());
  std::uint32_t index = 9;
  ASSERT_EQ(pw_find_path_by_hctl(&Reader(), 3, 0, 1, 1, &index, &path), PW_OK);
  EXPECT_EQ(index, 0U);
  EXPECT_EQ(path.state, PW_STATE_REMOVED);
  path.state = PW_STATE_UP;
  path.generation = 200;
  ASSERT_TRUE(state->PutPath(1, path).ok());
  ASSERT_EQ(pw_find_path_by_hctl(&reader_, 3, 0, 1, 1, &index, &path), PW_OK);
  EXPECT_EQ(index, 1U);
  EXPECT_EQ(path.generation, 200U);
}

TEST_F(StateFileTest, GrowthKeepsEveryRecordAndMarksTheOldFile) {
  const auto state = CreateState(directory_, SmallCapacities(2));
  ASSERT_TRUE(state->PutHost(0, pw_host_record{}).ok());
  ASSERT_TRUE(state->PutPortGroup(0, pw_port_group_record{}).ok());
  pw_counters_record counters{};
  counters.values[PW_COUNTER_RESCANS] = 5;
  state->PutCounters(counters);
  ASSERT_TRUE(state->PutPath(0, SamplePath(0)).ok());
  pw_reader old = Reader();
  reader_.file = -1;
  for (std::uint32_t n = 1; n < 100; ++n) ASSERT_TRUE(state->PutPath(n, SamplePath(n)).ok());
  EXPECT_EQ(state->capacities().paths, 128U);

  pw_header header;
  ASSERT_EQ(pw_header_snapshot(&old, &header), PW_OK);
  EXPECT_EQ(header.superseded, 1U);
  pw_path_record path;
  EXPECT_EQ(pw_read_path(&old, 99, &path), PW_NOT_FOUND);
  EXPECT_EQ(pw_refresh(&old), PW_OK);
  for (std::uint32_t n = 1; n < 100; ++n) {
    ASSERT_EQ(pw_find_path_by_hctl(&old, 3, 0, n % 4, n, nullptr, &path), PW_OK) << n;
    EXPECT_EQ(path.generation, 100 + n);
  }
  pw_host_record host;
  EXPECT_EQ(pw_read_host(&old, 0, &host), PW_OK);
  pw_port_group_record group;
  EXPECT_EQ(pw_read_port_group(&old, 0, &group), PW_OK);
  ASSERT_EQ(pw_read_counters(&old, &counters), PW_OK);
  EXPECT_EQ(counters.values[PW_COUNTER_RESCANS], 5U);
  ASSERT_EQ(pw_header_snapshot(&old, &header), PW_OK);
  EXPECT_EQ(header.epoch, SampleWriter().epoch);
  EXPECT_EQ(header.superseded, 0U);
  pw_close(&old);
}

TEST_F(StateFileTest, EverySectionGrows) {
  const auto state = CreateState(directory_, SmallCapacities(1));
  ASSERT_TRUE(state->PutHost(5, pw_host_record{}).ok());
  ASSERT_TRUE(state->PutNexus(1, pw_nexus_record{}).ok());
  ASSERT_TRUE(state->PutLun(1, pw_lun_record{}).ok());
  ASSERT_TRUE(state->PutPortGroup(2, pw_port_group_record{}).ok());
  EXPECT_EQ(state->capacities(),
            (Capacities{
                .hosts = 6, .nexuses = 2, .luns = 2, .paths = 1, .port_groups = 3, .changes = 2}));
}

TEST_F(StateFileTest, ChangeLogGrowsWithThePaths) {
  const auto state = CreateState(directory_, SmallCapacities(1));
  ASSERT_TRUE(state->PutPath(4, SamplePath(4)).ok());
  EXPECT_EQ(state->capacities().paths, 5U);
  EXPECT_EQ(state->capacities().changes, 10U);
}

TEST_F(StateFileTest, SlotBeyondTheLimitIsAnError) {
  const auto state = CreateState(directory_, SmallCapacities(1));
  EXPECT_EQ(std::string(state->PutPath(kSlotsMax, SamplePath(0)).message()),
            "cannot publish record 16777216 in " + directory_.state() +
                ": at most 16777216 of a kind are supported; watch fewer paths");
}

TEST_F(StateFileTest, HeartbeatSurvivesGrowth) {
  const auto state = CreateState(directory_, SmallCapacities(1));
  state->Heartbeat(kNow + 77);
  ASSERT_TRUE(state->PutPath(1, SamplePath(1)).ok());
  std::int64_t age = 0;
  EXPECT_EQ(pw_freshness(&Reader(), kNow + 100, &age), PW_OK);
  EXPECT_EQ(age, 23);
}

TEST_F(StateFileTest, FileOfTheDaemonBeforeIsMarkedAsSuperseded) {
  const auto before = CreateState(directory_, SmallCapacities(1));
  pw_reader old = Reader();
  reader_.file = -1;
  const auto after = CreateState(directory_, SmallCapacities(1));
  pw_header header;
  ASSERT_EQ(pw_header_snapshot(&old, &header), PW_OK);
  EXPECT_EQ(header.superseded, 1U);
  pw_close(&old);
  ASSERT_EQ(pw_header_snapshot(&Reader(), &header), PW_OK);
  EXPECT_EQ(header.superseded, 0U);
}

TEST_F(StateFileTest, ForeignFileOfThatNameIsReplacedUnchanged) {
  std::ofstream(directory_.state()) << std::string(1000, 'x');
  std::filesystem::create_hard_link(directory_.state(), directory_.path() + "/kept");
  const auto state = CreateState(directory_, SmallCapacities(1));
  std::ifstream kept(directory_.path() + "/kept");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), std::istreambuf_iterator<char>()),
            std::string(1000, 'x'));
  EXPECT_EQ(pw_freshness(&Reader(), kNow, nullptr), PW_OK);
}

TEST_F(StateFileTest, LeftoverOfAnInterruptedStartIsNoHindrance) {
  std::ofstream(directory_.state() + ".new") << "half";
  const auto state = CreateState(directory_, SmallCapacities(1));
  EXPECT_EQ(pw_freshness(&Reader(), kNow, nullptr), PW_OK);
}

TEST_F(StateFileTest, MissingDirectoryIsNamedWithTheRemedy) {
  const auto state =
      StateFile::Create("/nonexistent/run", SmallCapacities(1), SampleWriter(), kNow);
  EXPECT_EQ(std::string(state.status().message()),
            "cannot create /nonexistent/run/state.new (5576 bytes): No such file or directory; "
            "free space in /nonexistent/run or choose another --run-dir");
}

TEST_F(StateFileTest, DirectoryInThePlaceOfTheFileIsNamedWithTheRemedy) {
  std::filesystem::create_directory(directory_.state());
  const auto state = StateFile::Create(directory_.path(), SmallCapacities(1), SampleWriter(), kNow);
  EXPECT_EQ(std::string(state.status().message()),
            "cannot rename " + directory_.state() + ".new to " + directory_.state() +
                ": Is a directory; remove " + directory_.state() + " or choose another --run-dir");
  EXPECT_FALSE(std::filesystem::exists(directory_.state() + ".new"));
}

}  // namespace
}  // namespace pathwatch::publish
