// Maintains the hash index of the state file, in place.
//
// Readers search it at any time. They verify each entry, so that they never find a wrong path; that
// there is no path they only believe if the header's index sequence was even and stayed the same.
//
// Thread rule: one writer.
#ifndef PATHWATCH_LIB_PUBLISH_PATH_INDEX_H_
#define PATHWATCH_LIB_PUBLISH_PATH_INDEX_H_

#include <cstdint>
#include <span>

#include "proto/state_table.h"

namespace pathwatch::publish {

class PathIndex {
 public:
  // Over no entries: only to be replaced.
  PathIndex() = default;
  // Over entries that are all zero; `sequence` is the header's index_sequence. Both outlive this.
  PathIndex(std::span<pw_index_entry> entries, std::uint32_t& sequence)
      : entries_(entries), sequence_(&sequence) {}

  // Replaces the keys of a slot: those of `before` go, those of `after` come; null: no path.
  // REQUIRES: the keys of `before` are there; fewer than half of the entries belong to others.
  void Replace(std::uint32_t slot, const pw_path_record* before, const pw_path_record* after);
  // True if searches have become long because of erased entries.
  bool NeedsRebuild() const { return occupied_ > entries_.size() / 4 * 3; }
  // Starts again with the records that are in use.
  void Rebuild(std::span<const pw_path_record> paths);

 private:
  void InsertKey(pw_index_kind kind, std::uint64_t key, std::uint32_t slot);
  void EraseKey(pw_index_kind kind, std::uint64_t key, std::uint32_t slot);

  std::span<pw_index_entry> entries_;
  std::uint32_t* sequence_ = nullptr;
  std::uint64_t occupied_ = 0;  // entries that are not empty, tombstones included
};

// True if both have the same keys.
bool HaveSameKeys(const pw_path_record& a, const pw_path_record& b);

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_PATH_INDEX_H_
