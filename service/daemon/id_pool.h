// Dense numbers for keys, given out once per key and used again when nobody refers to it.
#ifndef PATHWATCH_SERVICE_DAEMON_ID_POOL_H_
#define PATHWATCH_SERVICE_DAEMON_ID_POOL_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace pathwatch::service {

template <class Key>
class IdPool {
 public:
  // The key's number, with one more reference to it.
  std::uint32_t Acquire(const Key& key) {
    auto [found, added] = ids_.try_emplace(key);
    Entry& entry = found->second;
    if (added) entry.id = NewId();
    ++entry.references;
    return entry.id;
  }

  // The key's number, if it has one.
  std::optional<std::uint32_t> Find(const Key& key) const {
    const auto found = ids_.find(key);
    if (found == ids_.end()) return std::nullopt;
    return found->second.id;
  }

  // Gives one reference back. True if it was the last one: the number may be given out again.
  bool Release(const Key& key) {
    const auto found = ids_.find(key);
    if (--found->second.references > 0) return false;
    in_use_[found->second.id] = false;
    free_.push_back(found->second.id);
    ids_.erase(found);
    return true;
  }

  bool InUse(std::uint32_t id) const { return in_use_[id]; }

 private:
  struct Entry {
    std::uint32_t id = 0;
    std::uint32_t references = 0;
  };

  std::uint32_t NewId() {
    if (free_.empty()) {
      in_use_.push_back(true);
      return static_cast<std::uint32_t>(in_use_.size() - 1);
    }
    const std::uint32_t id = free_.back();
    free_.pop_back();
    in_use_[id] = true;
    return id;
  }

  absl::flat_hash_map<Key, Entry> ids_;
  std::vector<std::uint32_t> free_;
  std::vector<bool> in_use_;  // by number
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_ID_POOL_H_
