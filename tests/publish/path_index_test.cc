#include "lib/publish/path_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "lib/publish/state_layout.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

// The slots that a search for the key comes by, as a reader would do it.
std::vector<std::uint32_t> Search(const std::vector<pw_index_entry>& entries, pw_index_kind kind,
                                  std::uint64_t key) {
  std::vector<std::uint32_t> slots;
  const auto capacity = static_cast<std::uint32_t>(entries.size());
  std::uint32_t position = pw_index_start(kind, key, capacity);
  for (std::uint32_t seen = 0; seen < capacity; ++seen) {
    const pw_index_entry& entry = entries[position];
    if (entry.path_plus_one == 0) break;
    if (entry.path_plus_one != PW_INDEX_TOMBSTONE && entry.key == key && entry.kind == kind) {
      slots.push_back(entry.path_plus_one - 1);
    }
    position = (position + 1) % capacity;
  }
  return slots;
}

std::vector<pw_index_entry> EntriesFor(std::uint32_t paths) {
  return std::vector<pw_index_entry>(paths * kIndexEntriesPerPath + kIndexEntriesSpare);
}

TEST(PathIndexTest, PathWithoutNodesHasOneKey) {
  auto entries = EntriesFor(1);
  std::uint32_t sequence = 0;
  PathIndex index(entries, sequence);
  pw_path_record path = SamplePath(5);
  path.sd_devt = path.sg_devt = 0;
  index.Replace(0, nullptr, &path);
  EXPECT_EQ(Search(entries, PW_INDEX_HCTL, pw_hctl_key(3, 0, 1, 5)), std::vector<std::uint32_t>{0});
  EXPECT_TRUE(Search(entries, PW_INDEX_DEVT, 0).empty());
}

TEST(PathIndexTest, EachChangeIsAnnouncedByTheSequence) {
  auto entries = EntriesFor(1);
  std::uint32_t sequence = 4;
  PathIndex index(entries, sequence);
  const pw_path_record path = SamplePath(1);
  index.Replace(0, nullptr, &path);
  EXPECT_EQ(sequence, 6U);
  index.Rebuild({});
  EXPECT_EQ(sequence, 8U);
}

TEST(PathIndexTest, TwoPathsMayHaveTheSameKey) {
  auto entries = EntriesFor(2);
  std::uint32_t sequence = 0;
  PathIndex index(entries, sequence);
  const pw_path_record path = SamplePath(1);
  index.Replace(0, nullptr, &path);
  index.Replace(1, nullptr, &path);
  EXPECT_EQ(Search(entries, PW_INDEX_DEVT, path.sd_devt), (std::vector<std::uint32_t>{0, 1}));
  index.Replace(0, &path, nullptr);
  EXPECT_EQ(Search(entries, PW_INDEX_DEVT, path.sd_devt), std::vector<std::uint32_t>{1});
}

TEST(PathIndexTest, RandomChurnAgainstTheRecordsItself) {
  for (const std::uint32_t slots : {1U, 2U, 3U, 50U}) {
    constexpr std::uint32_t kSeed = 20;
    SCOPED_TRACE(testing::Message() << slots << " slots, seed " << kSeed);
    std::mt19937 random(kSeed);
    auto entries = EntriesFor(slots);
    std::vector<pw_path_record> records(slots);
    std::uint32_t sequence = 0;
    PathIndex index(entries, sequence);
    for (int round = 0; round < 5000; ++round) {
      const std::uint32_t slot = random() % slots;
      pw_path_record& record = records[slot];
      const pw_path_record before = record;
      record = SamplePath(1 + random() % 1000);
      record.head.in_use = random() % 3 != 0 ? 1 : 0;
      if (index.NeedsRebuild()) {
        std::vector<pw_path_record> present = records;
        present[slot] = before;
        index.Rebuild(present);
      }
      index.Replace(slot, before.head.in_use != 0 ? &before : nullptr,
                    record.head.in_use != 0 ? &record : nullptr);
      const std::uint32_t probe = random() % slots;
      const auto found = Search(entries, PW_INDEX_DEVT, records[probe].sg_devt);
      const bool there = std::find(found.begin(), found.end(), probe) != found.end();
      ASSERT_EQ(there, records[probe].head.in_use != 0) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace pathwatch::publish
