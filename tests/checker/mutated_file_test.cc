// Seeded mutations of a real file: the reader must keep its promises whatever the file says.
#include <gtest/gtest.h>

#include <cstring>
#include <iostream>
#include <random>
#include <vector>

#include "tests/checker/exercise_reader.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::checker {
namespace {

constexpr int kRounds = 3'000;

std::vector<std::uint8_t> RealFile(const publish::TempRunDirectory& directory) {
  const auto state = publish::CreateState(directory, publish::SmallCapacities(4));
  for (std::uint32_t n = 0; n < 4; ++n) {
    EXPECT_TRUE(state->PutPath(n, publish::SamplePath(n)).ok());
    EXPECT_TRUE(state->PutDetail(n, pw_detail_record{}).ok());
    const pw_change change = publish::SampleChange(n, PW_STATE_DOWN);
    EXPECT_TRUE(state->AppendHistory(n, n, change).ok());
    pw_change_record logged{};
    logged.change = change;
    state->AppendChange(logged);
  }
  EXPECT_TRUE(state->PutLun(0, pw_lun_record{}).ok());
  EXPECT_TRUE(state->PutNexus(0, pw_nexus_record{}).ok());
  EXPECT_TRUE(state->PutHost(0, pw_host_record{}).ok());
  EXPECT_TRUE(state->PutPortGroup(0, pw_port_group_record{}).ok());
  state->PutCounters(pw_counters_record{});
  return publish::ReadBytes(directory.state());
}

// Most mutations hit the header and its section table, where the sizes are.
void Mutate(std::mt19937_64& random, std::vector<std::uint8_t>& bytes) {
  constexpr std::uint64_t kInteresting[] = {
      0, 1, 7, 8, 0xff, 0xffff, 0x1000, 0x7fffffff, 0xffffffff, 0x80000000, ~0ULL, 1ULL << 63};
  const std::size_t limit = random() % 4 != 0 ? sizeof(pw_header) : bytes.size();
  const std::size_t width = std::size_t{1} << (random() % 4);
  const std::size_t position = random() % (limit / width) * width;
  std::uint64_t value = random();
  if (random() % 2 == 0) value = kInteresting[random() % std::size(kInteresting)];
  std::memcpy(&bytes[position], &value, width);
}

TEST(MutatedFileTest, ReaderKeepsItsPromises) {
  const publish::TempRunDirectory directory;
  const std::vector<std::uint8_t> real = RealFile(directory);
  constexpr std::uint64_t kSeed = 1;
  std::cout << "seed " << kSeed << "\n";
  std::mt19937_64 random(kSeed);
  int opened = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::uint8_t> bytes = real;
    for (std::uint64_t left = 1 + random() % 4; left > 0; --left) Mutate(random, bytes);
    if (random() % 4 != 0) RepairChecksums(bytes);
    if (random() % 16 == 0) bytes.resize(random() % bytes.size());
    publish::WriteBytes(directory.state(), bytes);
    const Exercise exercise = ExerciseReader(directory.state());
    ASSERT_EQ(exercise.broken, "") << "round " << round;
    opened += exercise.opened ? 1 : 0;
  }
  // Otherwise the mutations would only have tested the front door.
  EXPECT_GT(opened, kRounds / 10);
  EXPECT_LT(opened, kRounds);
}

}  // namespace
}  // namespace pathwatch::checker
