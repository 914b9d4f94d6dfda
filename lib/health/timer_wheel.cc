#include "lib/health/timer_wheel.h"

#include <algorithm>
#include <bit>

#include "lib/health/grow.h"

namespace pathwatch::health {

void TimerWheel::Set(std::uint32_t id, TimeNs when_ns) {
  GrowTo(entries_, id);
  Clear(id);
  const auto when = static_cast<std::uint64_t>(std::max<TimeNs>(when_ns, 0));
  entries_[id].tick = when / kTick + (when % kTick != 0);
  Place(id);
}

void TimerWheel::Clear(std::uint32_t id) {
  if (id < entries_.size() && entries_[id].link.linked) Unlink(id);
}

void TimerWheel::Advance(TimeNs now_ns, std::vector<std::uint32_t>& expired) {
  const std::uint64_t target = static_cast<std::uint64_t>(std::max<TimeNs>(now_ns, 0)) / kTick;
  for (int level = FirstLevel(); level < kLevels; level = FirstLevel()) {
    const std::uint64_t tick = FirstTick(level);
    if (tick > target) break;
    current_ = tick;
    auto& queue = levels_[level].slots[(tick >> (8 * level)) % kSlots];
    while (!queue.empty()) {
      const std::uint32_t id = queue.front();
      Unlink(id);
      if (entries_[id].tick <= current_) {
        expired.push_back(id);
      } else {
        Place(id);  // in a lower level, since the byte of this level is equal now
      }
    }
  }
  current_ = std::max(current_, target);
}

TimeNs TimerWheel::NextWake() const {
  const int level = FirstLevel();
  if (level == kLevels) return kNever;
  const std::uint64_t tick = FirstTick(level);
  if (tick > static_cast<std::uint64_t>(kNever / kTick)) return kNever;
  return static_cast<TimeNs>(tick) * kTick;
}

void TimerWheel::Place(std::uint32_t id) {
  Entry& entry = entries_[id];
  entry.tick = std::max(entry.tick, current_ + 1);
  const int highest_bit = 63 - std::countl_zero(entry.tick ^ current_);
  entry.level = static_cast<std::uint8_t>(highest_bit / 8);
  entry.slot = static_cast<std::uint8_t>(entry.tick >> (8 * entry.level));
  Level& level = levels_[entry.level];
  level.slots[entry.slot].PushBack(entries_, id);
  level.used[entry.slot / 64] |= std::uint64_t{1} << (entry.slot % 64);
  used_levels_ |= static_cast<std::uint8_t>(1u << entry.level);
}

void TimerWheel::Unlink(std::uint32_t id) {
  const Entry& entry = entries_[id];
  Level& level = levels_[entry.level];
  level.slots[entry.slot].Remove(entries_, id);
  if (!level.slots[entry.slot].empty()) return;
  level.used[entry.slot / 64] &= ~(std::uint64_t{1} << (entry.slot % 64));
  if (std::all_of(level.used.begin(), level.used.end(), [](auto word) { return word == 0; })) {
    used_levels_ &= static_cast<std::uint8_t>(~(1u << entry.level));
  }
}

std::uint64_t TimerWheel::FirstTick(int level) const {
  const auto& used = levels_[level].used;
  std::uint64_t slot = 0;
  for (std::size_t word = 0; word < used.size(); ++word) {
    if (used[word] != 0) {
      slot = word * 64 + static_cast<std::uint64_t>(std::countr_zero(used[word]));
      break;
    }
  }
  // The bytes above this level are those of current_, the ones below are zero.
  const int shift = 8 * level;
  const std::uint64_t above = level == kLevels - 1 ? 0 : (current_ >> (shift + 8)) << (shift + 8);
  return above | (slot << shift);
}

}  // namespace pathwatch::health
