#include "lib/publish/previous_state.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string>
#include <vector>

#include "lib/checker/state_reader.h"
#include "lib/publish/record_writer.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

constexpr std::int64_t kLater = kNow + 3600'000'000'000;

BootId ThisBoot() { return SampleWriter().boot_id; }

// A daemon that is killed while it writes a path record.
void DieWithin(const std::string& state, std::uint32_t slot) {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<std::uint8_t> bytes = ReadBytes(state);
    const auto offset = RecordIn(bytes, PW_SECTION_PATHS, slot) - bytes.data();
    const int file = open(state.c_str(), O_RDWR);
    void* const mapped = mmap(nullptr, bytes.size(), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) _exit(1);
    auto& record = *reinterpret_cast<pw_path_record*>(static_cast<char*>(mapped) + offset);
    const OddWhileWriting writing(record.head.sequence);
    std::memset(record.wwid, 'x', sizeof record.wwid);
    raise(SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
}

TEST(PreviousStateTest, EveryPathIsCarriedOverHoweverOldTheHeartbeat) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(4));
  for (std::uint32_t n = 1; n < 4; ++n) ASSERT_TRUE(state->PutPath(n, SamplePath(n)).ok());
  const PreviousState previous = ReadPreviousState(directory.state(), ThisBoot(), kLater);
  EXPECT_EQ(previous.remark, "");
  ASSERT_EQ(previous.paths.size(), 3U);
  const DeviceKey key{.host = 3, .channel = 0, .target = 2, .lun = 2, .generation = 102};
  ASSERT_TRUE(previous.paths.contains(key));
  EXPECT_STREQ(previous.paths.at(key).sd_name, "sd2");
  DeviceKey other_device = key;
  other_device.generation = 103;
  EXPECT_FALSE(previous.paths.contains(other_device));
}

TEST(PreviousStateTest, FirstStartHasNothingToSay) {
  const PreviousState previous = ReadPreviousState("/nonexistent/state", ThisBoot(), kLater);
  EXPECT_EQ(previous.remark, "");
  EXPECT_TRUE(previous.paths.empty());
}

TEST(PreviousStateTest, FileFromBeforeTheLastBootIsLeftAlone) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(1));
  ASSERT_TRUE(state->PutPath(0, SamplePath(0)).ok());
  const std::string remark = "cannot carry states over from " + directory.state() +
                             " (it is from before the last boot): every path starts as unknown";
  const PreviousState other_boot = ReadPreviousState(directory.state(), BootId{}, kLater);
  EXPECT_EQ(other_boot.remark, remark);
  EXPECT_TRUE(other_boot.paths.empty());
  const PreviousState future = ReadPreviousState(directory.state(), ThisBoot(), kNow - 1);
  EXPECT_EQ(future.remark, remark);
  EXPECT_TRUE(future.paths.empty());
}

TEST(PreviousStateTest, StoryOfEachPathComesWithIt) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(4));
  for (std::uint32_t n = 1; n < 4; ++n) ASSERT_TRUE(state->PutPath(n, SamplePath(n)).ok());
  ASSERT_TRUE(state->AppendHistory(2, 102, SampleChange(9, PW_STATE_WRONG_LU)).ok());
  ASSERT_TRUE(state->AppendHistory(3, 50, SampleChange(8, PW_STATE_REMOVED)).ok());
  state->PutHistory(1, pw_history_record{});
  pw_detail_record detail{};
  detail.generation = 102;
  std::strcpy(detail.identity_found, "3600");
  ASSERT_TRUE(state->PutDetail(2, detail).ok());
  ASSERT_TRUE(state->PutDetail(3, detail).ok());
  detail.generation = 101;
  detail.identity_found[0] = '\0';
  ASSERT_TRUE(state->PutDetail(1, detail).ok());

  const PreviousState previous = ReadPreviousState(directory.state(), ThisBoot(), kLater);
  EXPECT_EQ(previous.remark, "");
  const DeviceKey second{.host = 3, .channel = 0, .target = 2, .lun = 2, .generation = 102};
  const DeviceKey third{.host = 3, .channel = 0, .target = 3, .lun = 3, .generation = 103};
  ASSERT_EQ(previous.histories.size(), 2U) << "the first has had no change";
  EXPECT_EQ(previous.histories.at(second).total, 1U);
  EXPECT_EQ(previous.histories.at(second).changes[0].to, PW_STATE_WRONG_LU);
  EXPECT_EQ(previous.histories.at(third).generation, 50U) << "the path was another device then";
  ASSERT_EQ(previous.identities_found.size(), 1U) << "the third is not the device any more";
  EXPECT_EQ(previous.identities_found.at(second), "3600");
}

TEST(PreviousStateTest, StateComesWithoutItsStoryIfThatIsDamaged) {
  TempRunDirectory directory;
  {
    const auto state = CreateState(directory, SmallCapacities(1));
    ASSERT_TRUE(state->PutPath(0, SamplePath(0)).ok());
    ASSERT_TRUE(state->AppendHistory(0, 100, SampleChange(1, PW_STATE_DOWN)).ok());
  }
  auto bytes = ReadBytes(directory.state());
  RecordIn(bytes, PW_SECTION_HISTORIES, 0)[40] ^= 1;
  WriteBytes(directory.state(), bytes);
  const PreviousState previous = ReadPreviousState(directory.state(), ThisBoot(), kLater);
  EXPECT_EQ(previous.paths.size(), 1U);
  EXPECT_TRUE(previous.histories.empty());
  EXPECT_EQ(previous.remark, "");
}

TEST(PreviousStateTest, OtherMajorIsOnlyARemark) {
  TempRunDirectory directory;
  { const auto state = CreateState(directory, SmallCapacities(1)); }
  auto bytes = ReadBytes(directory.state());
  HeaderIn(bytes).version_major = 2;
  SealHeader(bytes);
  WriteBytes(directory.state(), bytes);
  EXPECT_EQ(ReadPreviousState(directory.state(), ThisBoot(), kLater).remark,
            "cannot carry states over from " + directory.state() +
                " (the state file has another major version: use the pathwatch tools of the same "
                "release as pathwatchd): every path starts as unknown");
}

TEST(PreviousStateTest, DaemonKilledWithinARecordLosesOnlyThatOne) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(4));
  for (std::uint32_t n = 1; n < 4; ++n) ASSERT_TRUE(state->PutPath(n, SamplePath(n)).ok());
  DieWithin(directory.state(), 2);

  pw_reader reader;
  ASSERT_EQ(pw_open(directory.state().c_str(), &reader), PW_OK);
  pw_path_record path;
  EXPECT_EQ(pw_read_path(&reader, 2, &path), PW_BUSY);
  EXPECT_EQ(pw_find_path_by_hctl(&reader, 3, 0, 2, 2, nullptr, &path), PW_BUSY);
  EXPECT_EQ(pw_read_path(&reader, 1, &path), PW_OK);

  const PreviousState previous = ReadPreviousState(directory.state(), ThisBoot(), kLater);
  EXPECT_EQ(previous.remark, "1 of 4 path records in " + directory.state() +
                                 " are unfinished or damaged: these paths start as unknown");
  EXPECT_EQ(previous.paths.size(), 2U);

  const auto next = CreateState(directory, SmallCapacities(4));
  ASSERT_TRUE(next->PutPath(2, SamplePath(2)).ok());
  EXPECT_EQ(pw_refresh(&reader), PW_OK);
  EXPECT_EQ(pw_find_path_by_hctl(&reader, 3, 0, 2, 2, nullptr, &path), PW_OK);
  pw_close(&reader);
}

}  // namespace
}  // namespace pathwatch::publish
