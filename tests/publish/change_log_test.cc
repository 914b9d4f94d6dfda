// The change log: a ring that readers follow by sequence.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "lib/checker/state_reader.h"
#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

// A log with room for four changes.
class ChangeLogTest : public testing::Test {
 protected:
  ChangeLogTest() : state_(CreateState(directory_, SmallCapacities(2))) {
    EXPECT_EQ(pw_open(directory_.state().c_str(), &reader_), PW_OK);
  }
  ~ChangeLogTest() override { pw_close(&reader_); }

  // Appends changes until `last` is the last one; each has its sequence as generation.
  void AppendUntil(std::uint64_t last) {
    while (state_->last_change() < last) {
      pw_change_record record{};
      record.generation = state_->last_change() + 1;
      EXPECT_EQ(state_->AppendChange(record), record.generation);
      EXPECT_EQ(record.sequence, record.generation);
    }
  }
  pw_result Read(std::uint64_t sequence) {
    const pw_result result = pw_read_change(&reader_, sequence, &record_);
    EXPECT_EQ(record_.sequence, result == PW_OK ? sequence : 0);
    EXPECT_EQ(record_.generation, record_.sequence);
    return result;
  }

  TempRunDirectory directory_;
  std::unique_ptr<StateFile> state_;
  pw_reader reader_;
  pw_change_record record_;
};

TEST_F(ChangeLogTest, EmptyLogHasNoChangeYet) {
  EXPECT_EQ(state_->last_change(), 0U);
  EXPECT_EQ(Read(0), PW_NOT_FOUND);
  EXPECT_EQ(Read(1), PW_NOT_FOUND);
  std::uint32_t count = 1;
  EXPECT_EQ(pw_record_count(&reader_, PW_SECTION_CHANGES, &count), PW_OK);
  EXPECT_EQ(count, 0U);
}

TEST_F(ChangeLogTest, ChangeIsReadBackByteForByte) {
  pw_change_record written{};
  written.generation = 101;
  written.lun = 7;
  written.host = 3;
  written.path_index = 1;
  written.change = SampleChange(5, PW_STATE_NO_ANSWER);
  std::strcpy(written.device, "sdb");
  std::strcpy(written.wwid, "3600");
  EXPECT_EQ(state_->AppendChange(written), 1U);
  pw_change_record read;
  ASSERT_EQ(pw_read_change(&reader_, 1, &read), PW_OK);
  read.head = written.head;
  EXPECT_EQ(std::memcmp(&read, &written, sizeof read), 0);
}

TEST_F(ChangeLogTest, FollowerReadsEachChangeOnceItIsThere) {
  AppendUntil(2);
  EXPECT_EQ(Read(1), PW_OK);
  EXPECT_EQ(Read(2), PW_OK);
  EXPECT_EQ(Read(3), PW_NOT_FOUND);
  AppendUntil(3);
  EXPECT_EQ(Read(3), PW_OK);
  EXPECT_EQ(Read(4), PW_NOT_FOUND);
}

TEST_F(ChangeLogTest, NewestChangesTakeThePlacesOfTheOldest) {
  AppendUntil(10);
  EXPECT_EQ(Read(0), PW_NOT_FOUND);
  EXPECT_EQ(Read(1), PW_OVERWRITTEN);
  EXPECT_EQ(Read(6), PW_OVERWRITTEN);
  for (std::uint64_t sequence = 7; sequence <= 10; ++sequence) EXPECT_EQ(Read(sequence), PW_OK);
  EXPECT_EQ(Read(11), PW_NOT_FOUND);
  EXPECT_EQ(Read(~0ULL), PW_NOT_FOUND);
  std::uint32_t count = 0;
  EXPECT_EQ(pw_record_count(&reader_, PW_SECTION_CHANGES, &count), PW_OK);
  EXPECT_EQ(count, 4U);
}

TEST_F(ChangeLogTest, GrowthKeepsTheNewestAtTheirNewPlaces) {
  AppendUntil(10);
  ASSERT_TRUE(state_->PutPath(2, SamplePath(2)).ok());
  ASSERT_EQ(state_->capacities().changes, 8U);
  ASSERT_EQ(pw_refresh(&reader_), PW_OK);
  // Nothing has ever been at the places of 5 and 6 in this file, and nobody should wait for them.
  for (std::uint64_t sequence = 1; sequence <= 6; ++sequence) {
    EXPECT_EQ(Read(sequence), PW_OVERWRITTEN) << sequence;
  }
  for (std::uint64_t sequence = 7; sequence <= 10; ++sequence) EXPECT_EQ(Read(sequence), PW_OK);
  EXPECT_EQ(Read(11), PW_NOT_FOUND);
  AppendUntil(15);
  EXPECT_EQ(Read(7), PW_OVERWRITTEN);
  for (std::uint64_t sequence = 8; sequence <= 15; ++sequence) EXPECT_EQ(Read(sequence), PW_OK);
}

TEST_F(ChangeLogTest, SecondGrowthBeforeTheLogIsFullAgain) {
  AppendUntil(10);
  ASSERT_TRUE(state_->PutPath(2, SamplePath(2)).ok());
  AppendUntil(11);
  ASSERT_TRUE(state_->PutPath(4, SamplePath(4)).ok());
  ASSERT_EQ(state_->capacities().changes, 16U);
  ASSERT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(Read(6), PW_OVERWRITTEN);
  for (std::uint64_t sequence = 7; sequence <= 11; ++sequence) EXPECT_EQ(Read(sequence), PW_OK);
  EXPECT_EQ(Read(12), PW_NOT_FOUND);
}

TEST_F(ChangeLogTest, GrowthOfAnEmptyLogLosesNothing) {
  ASSERT_TRUE(state_->PutPath(2, SamplePath(2)).ok());
  ASSERT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(Read(1), PW_NOT_FOUND);
  AppendUntil(1);
  EXPECT_EQ(Read(1), PW_OK);
}

TEST_F(ChangeLogTest, NextDaemonStartsAtOneAgain) {
  AppendUntil(10);
  const auto next = CreateState(directory_, SmallCapacities(2));
  EXPECT_EQ(next->last_change(), 0U);
  pw_change_record record{};
  EXPECT_EQ(next->AppendChange(record), 1U);
}

}  // namespace
}  // namespace pathwatch::publish
