// The history of a path and its details: slots of their own beside the path's.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "lib/checker/state_reader.h"
#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

class HistoryTest : public testing::Test {
 protected:
  HistoryTest() : state_(CreateState(directory_, SmallCapacities(2))) { reader_.file = -1; }
  ~HistoryTest() override { pw_close(&reader_); }

  // The reader's view, with the file opened anew.
  pw_reader& Reader() {
    pw_close(&reader_);
    EXPECT_EQ(pw_open(directory_.state().c_str(), &reader_), PW_OK);
    return reader_;
  }
  void Append(std::uint32_t slot, std::uint64_t generation, std::uint32_t n) {
    ASSERT_TRUE(state_->AppendHistory(slot, generation, SampleChange(n, PW_STATE_DOWN)).ok());
  }

  TempRunDirectory directory_;
  std::unique_ptr<StateFile> state_;
  pw_reader reader_{};
  pw_history_record history_;
};

TEST_F(HistoryTest, PathWithoutAChangeHasNone) {
  ASSERT_TRUE(state_->PutPath(0, SamplePath(0)).ok());
  EXPECT_EQ(pw_read_history(&Reader(), 0, &history_), PW_NOT_FOUND);
  pw_detail_record detail;
  EXPECT_EQ(pw_read_detail(&reader_, 0, &detail), PW_NOT_FOUND);
}

TEST_F(HistoryTest, ChangesAreReadBackByteForByte) {
  Append(1, 101, 20);
  Append(1, 101, 10);
  ASSERT_EQ(pw_read_history(&Reader(), 1, &history_), PW_OK);
  EXPECT_EQ(history_.generation, 101U);
  EXPECT_EQ(history_.total, 2U);
  const pw_change expected[2] = {SampleChange(20, PW_STATE_DOWN), SampleChange(10, PW_STATE_DOWN)};
  EXPECT_EQ(std::memcmp(history_.changes, expected, sizeof expected), 0);
}

TEST_F(HistoryTest, ThirtyThirdChangeTakesThePlaceOfTheFirst) {
  for (std::uint32_t n = 0; n <= PW_HISTORY_CHANGES; ++n) Append(0, 100, n);
  ASSERT_EQ(pw_read_history(&Reader(), 0, &history_), PW_OK);
  EXPECT_EQ(history_.total, 33U);
  EXPECT_EQ(history_.changes[0].when_boottime_ns, kNow - 32'000'000'000);
  EXPECT_EQ(history_.changes[1].when_boottime_ns, kNow - 1'000'000'000);
}

TEST_F(HistoryTest, PathThatReturnsAsAnotherDeviceKeepsItsStory) {
  Append(0, 100, 2);
  Append(0, 200, 1);
  ASSERT_EQ(pw_read_history(&Reader(), 0, &history_), PW_OK);
  EXPECT_EQ(history_.generation, 200U);
  EXPECT_EQ(history_.total, 2U);
  EXPECT_EQ(history_.changes[0].when_boottime_ns, kNow - 2'000'000'000);
}

TEST_F(HistoryTest, RestoredHistoryGoesOn) {
  pw_history_record restored{};
  restored.generation = 100;
  restored.total = 40;
  state_->PutHistory(1, restored);
  Append(1, 100, 5);
  ASSERT_EQ(pw_read_history(&Reader(), 1, &history_), PW_OK);
  EXPECT_EQ(history_.total, 41U);
  EXPECT_EQ(history_.changes[8].when_boottime_ns, kNow - 5'000'000'000);
}

TEST_F(HistoryTest, RemovedPathTakesItsStoryWithIt) {
  ASSERT_TRUE(state_->PutPath(0, SamplePath(0)).ok());
  Append(0, 100, 1);
  ASSERT_TRUE(state_->PutDetail(0, pw_detail_record{}).ok());
  state_->RemovePath(0);
  EXPECT_EQ(pw_read_history(&Reader(), 0, &history_), PW_NOT_FOUND);
  pw_detail_record detail;
  EXPECT_EQ(pw_read_detail(&reader_, 0, &detail), PW_NOT_FOUND);
  Append(0, 300, 3);
  ASSERT_EQ(pw_read_history(&reader_, 0, &history_), PW_OK);
  EXPECT_EQ(history_.total, 1U);
}

TEST_F(HistoryTest, GrowthKeepsHistoriesAndDetails) {
  Append(1, 101, 7);
  pw_detail_record detail{};
  detail.generation = 101;
  std::strcpy(detail.identity_found, "3600");
  std::strcpy(detail.dm_name, "mpatha");
  ASSERT_TRUE(state_->PutDetail(1, detail).ok());
  ASSERT_TRUE(state_->PutDetail(9, pw_detail_record{}).ok());
  EXPECT_EQ(state_->capacities().paths, 10U);
  Append(30, 130, 6);
  EXPECT_EQ(state_->capacities().paths, 31U);

  ASSERT_EQ(pw_read_history(&Reader(), 1, &history_), PW_OK);
  EXPECT_EQ(history_.changes[0].when_boottime_ns, kNow - 7'000'000'000);
  ASSERT_EQ(pw_read_history(&reader_, 30, &history_), PW_OK);
  EXPECT_EQ(history_.generation, 130U);
  ASSERT_EQ(pw_read_detail(&reader_, 1, &detail), PW_OK);
  EXPECT_STREQ(detail.identity_found, "3600");
  EXPECT_STREQ(detail.dm_name, "mpatha");
  EXPECT_EQ(pw_read_detail(&reader_, 9, &detail), PW_OK);
}

TEST_F(HistoryTest, SlotBeyondTheLimitIsAnError) {
  EXPECT_EQ(
      std::string(state_->AppendHistory(kSlotsMax, 1, SampleChange(0, PW_STATE_UP)).message()),
      "cannot publish record 16777216 in " + directory_.state() +
          ": at most 16777216 of a kind are supported; watch fewer paths");
}

}  // namespace
}  // namespace pathwatch::publish
