// Readers against a writer that never pauses: nothing torn, nothing missing.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <new>
#include <string>

#include "lib/checker/state_reader.h"
#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

constexpr int kRounds = 100'000;
constexpr int kLookUps = 10'000;

// Every field says the same number.
pw_path_record Numbered(std::uint64_t number) {
  pw_path_record path = SamplePath(1);
  path.checks = path.failures = path.state_changes = number;
  path.since_boottime_ns = static_cast<std::int64_t>(number);
  std::memset(path.wwid, static_cast<int>('a' + number % 26), sizeof path.wwid - 1);
  return path;
}

bool IsWhole(const pw_path_record& read) {
  pw_path_record expected = Numbered(read.checks);
  expected.head = read.head;
  return std::memcmp(&expected, &read, sizeof read) == 0;
}

// What the reading process tells the writing one.
struct Report {
  std::atomic<bool> started{false};
  std::atomic<int> whole{0};
  std::atomic<int> different{0};
  std::atomic<int> wrong{0};
};

Report& SharedReport() {
  void* const page =
      mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return *new (page) Report;
}

// Reads until it has seen enough whole records and enough different ones.
void ReadAllTheTime(const std::string& state, Report& report) {
  pw_reader reader;
  if (pw_open(state.c_str(), &reader) != PW_OK) ++report.wrong;
  std::uint64_t last = 0;
  report.started = true;
  while (report.wrong == 0 && (report.whole < kRounds || report.different < 1000)) {
    pw_path_record path;
    const pw_result result = pw_read_path(&reader, 0, &path);
    if (result == PW_BUSY) continue;  // no answer is no wrong answer
    if (result != PW_OK || !IsWhole(path)) {
      ++report.wrong;
      break;
    }
    ++report.whole;
    if (path.checks != last) ++report.different;
    last = path.checks;
  }
  pw_close(&reader);
}

TEST(ReadersUnderLoadTest, AnotherProcessNeverAcceptsATornRecord) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(1));
  ASSERT_TRUE(state->PutPath(0, Numbered(0)).ok());
  Report& report = SharedReport();
  const pid_t child = fork();
  if (child == 0) {
    ReadAllTheTime(directory.state(), report);
    _exit(0);
  }
  while (!report.started) sched_yield();
  std::uint64_t number = 0;
  while (waitpid(child, nullptr, WNOHANG) == 0 || number < kRounds) {
    ASSERT_TRUE(state->PutPath(0, Numbered(++number)).ok());
  }
  EXPECT_EQ(report.wrong, 0);
  EXPECT_GE(report.whole, kRounds);
  EXPECT_GE(report.different, 1000);
}

// Looks the path with number 1 up, again and again, until it has done so often enough and the
// writer has had its turn as well.
void LookUpAllTheTime(const std::string& state, const std::atomic<int>& writes, Report& report) {
  pw_reader reader;
  pw_open(state.c_str(), &reader);
  for (int i = 0; (i < kLookUps || writes < 20) && report.wrong == 0;) {
    pw_path_record path;
    pw_result result = pw_refresh(&reader);
    if (result == PW_OK) result = pw_freshness(&reader, kNow, nullptr);
    if (result == PW_OK) {
      result = i % 2 == 0 ? pw_find_path_by_devt(&reader, makedev(8, 16), nullptr, &path)
                          : pw_find_path_by_hctl(&reader, 3, 0, 1, 1, nullptr, &path);
    }
    if (result == PW_BUSY) continue;
    if (result != PW_OK || path.generation != 101) {
      std::fprintf(stderr, "look-up %d: %s\n", i, pw_strerror(result));
      ++report.wrong;
    }
    ++report.whole;
    ++i;
  }
  pw_close(&reader);
}

// A process that looks the path up all the time while `write(n)` changes other things.
template <class Write>
void WriteUnderLookUps(const std::string& state, Write write) {
  Report& report = SharedReport();
  std::atomic<int>& writes = report.different;
  const pid_t child = fork();
  if (child == 0) {
    LookUpAllTheTime(state, writes, report);
    _exit(0);
  }
  while (waitpid(child, nullptr, WNOHANG) == 0) {
    ASSERT_TRUE(write(writes.load()));
    ++writes;
  }
  EXPECT_EQ(report.wrong, 0);
  EXPECT_GE(report.whole, kLookUps);
}

TEST(ReadersUnderLoadTest, PathIsFoundInEveryLookUpWhileTheFileGrowsAndIsReplaced) {
  TempRunDirectory directory;
  std::unique_ptr<StateFile> state = CreateState(directory, SmallCapacities(2));
  ASSERT_TRUE(state->PutPath(1, SamplePath(1)).ok());
  const std::string copy = directory.path() + "/copy";
  WriteUnderLookUps(directory.state(), [&](int n) {
    if (n < 12) return state->PutLun(state->capacities().luns, pw_lun_record{}).ok();
    WriteBytes(copy, ReadBytes(directory.state()));
    return rename(copy.c_str(), directory.state().c_str()) == 0;
  });
}

TEST(ReadersUnderLoadTest, PathIsFoundInEveryLookUpWhileOthersComeAndGo) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(50));
  ASSERT_TRUE(state->PutPath(1, SamplePath(1)).ok());
  WriteUnderLookUps(directory.state(), [&](int n) {
    const auto slot = static_cast<std::uint32_t>(2 + n % 48);
    if (n % 5 == 0) state->RemovePath(slot);
    pw_path_record path = SamplePath(static_cast<std::uint32_t>(2 + n % 10'000));
    path.lun = static_cast<std::uint64_t>(n) + 2;
    return state->PutPath(slot, path).ok();
  });
}

// Follows the change log as the rules say, until it has seen enough changes.
void FollowChanges(const std::string& state, Report& report) {
  pw_reader reader;
  if (pw_open(state.c_str(), &reader) != PW_OK) ++report.wrong;
  std::uint64_t last = 0;
  report.started = true;
  while (report.wrong == 0 && report.whole < kLookUps) {
    pw_change_record change;
    pw_counters_record counters;
    pw_result result = pw_refresh(&reader);
    if (result == PW_OK) result = pw_read_change(&reader, last + 1, &change);
    if (result == PW_OK) {
      if (change.sequence != ++last || change.generation != last) ++report.wrong;
      ++report.whole;
    } else if (result == PW_OVERWRITTEN) {
      if (pw_read_counters(&reader, &counters) != PW_OK) continue;
      // Changes that were overwritten are missed, never seen again.
      if (counters.values[PW_COUNTER_LAST_CHANGE] < last) ++report.wrong;
      last = counters.values[PW_COUNTER_LAST_CHANGE];
    } else if (result != PW_NOT_FOUND && result != PW_BUSY) {
      std::fprintf(stderr, "change %llu: %s\n", static_cast<unsigned long long>(last + 1),
                   pw_strerror(result));
      ++report.wrong;
    }
  }
  pw_close(&reader);
}

TEST(ReadersUnderLoadTest, FollowerSeesEveryChangeOnceAndInOrderWhileTheLogRunsOverAndGrows) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(32));
  Report& report = SharedReport();
  const pid_t child = fork();
  if (child == 0) {
    FollowChanges(directory.state(), report);
    _exit(0);
  }
  while (!report.started) sched_yield();
  pw_counters_record counters{};
  while (waitpid(child, nullptr, WNOHANG) == 0) {
    pw_change_record change{};
    change.generation = state->last_change() + 1;
    counters.values[PW_COUNTER_LAST_CHANGE] = state->AppendChange(change);
    state->PutCounters(counters);
    if (change.sequence == 5'000 || change.sequence == 10'000) {
      ASSERT_TRUE(state->PutDetail(state->capacities().paths, pw_detail_record{}).ok());
    }
  }
  EXPECT_EQ(report.wrong, 0);
  EXPECT_GE(report.whole, kLookUps);
  EXPECT_EQ(state->capacities().changes, 256U);
}

}  // namespace
}  // namespace pathwatch::publish
