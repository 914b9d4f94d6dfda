#include "lib/publish/path_index.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "lib/publish/record_writer.h"

namespace pathwatch::publish {
namespace {

// Calls visit(kind, key) for each key that the path has.
template <class Visit>
void ForEachKey(const pw_path_record& path, Visit visit) {
  visit(PW_INDEX_HCTL, pw_hctl_key(path.host, path.channel, path.target, path.lun));
  if (path.sd_devt != 0) visit(PW_INDEX_DEVT, path.sd_devt);
  if (path.sg_devt != 0) visit(PW_INDEX_DEVT, path.sg_devt);
}

}  // namespace

void PathIndex::Replace(std::uint32_t slot, const pw_path_record* before,
                        const pw_path_record* after) {
  const OddWhileWriting writing(*sequence_);
  if (before != nullptr) {
    ForEachKey(*before, [&](pw_index_kind kind, std::uint64_t key) { EraseKey(kind, key, slot); });
  }
  if (after != nullptr) {
    ForEachKey(*after, [&](pw_index_kind kind, std::uint64_t key) { InsertKey(kind, key, slot); });
  }
}

void PathIndex::InsertKey(pw_index_kind kind, std::uint64_t key, std::uint32_t slot) {
  const auto capacity = static_cast<std::uint32_t>(entries_.size());
  std::uint32_t position = pw_index_start(kind, key, capacity);
  while (entries_[position].path_plus_one != 0 &&
         entries_[position].path_plus_one != PW_INDEX_TOMBSTONE) {
    position = (position + 1) % capacity;
  }
  pw_index_entry& entry = entries_[position];
  if (entry.path_plus_one == 0) ++occupied_;
  entry = {key, slot + 1, kind};
}

void PathIndex::EraseKey(pw_index_kind kind, std::uint64_t key, std::uint32_t slot) {
  const auto capacity = static_cast<std::uint32_t>(entries_.size());
  std::uint32_t position = pw_index_start(kind, key, capacity);
  for (; entries_[position].path_plus_one != 0; position = (position + 1) % capacity) {
    pw_index_entry& entry = entries_[position];
    if (entry.path_plus_one == slot + 1 && entry.kind == kind && entry.key == key) {
      entry.path_plus_one = PW_INDEX_TOMBSTONE;
      return;
    }
  }
}

void PathIndex::Rebuild(std::span<const pw_path_record> paths) {
  const OddWhileWriting writing(*sequence_);
  std::fill(entries_.begin(), entries_.end(), pw_index_entry{});
  occupied_ = 0;
  for (std::uint32_t slot = 0; slot < paths.size(); ++slot) {
    if (paths[slot].head.in_use == 0) continue;
    ForEachKey(paths[slot],
               [&](pw_index_kind kind, std::uint64_t key) { InsertKey(kind, key, slot); });
  }
}

bool HaveSameKeys(const pw_path_record& a, const pw_path_record& b) {
  return a.lun == b.lun && a.host == b.host && a.channel == b.channel && a.target == b.target &&
         a.sd_devt == b.sd_devt && a.sg_devt == b.sg_devt;
}

}  // namespace pathwatch::publish
