// One timer per table entry, in a hierarchical wheel: setting, clearing and expiring cost the
// same for ten entries as for a million.
//
// Resolution is kTick; a timer never expires early, and late by less than kTick.
#ifndef PATHWATCH_LIB_HEALTH_TIMER_WHEEL_H_
#define PATHWATCH_LIB_HEALTH_TIMER_WHEEL_H_

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "lib/health/ids.h"
#include "lib/health/index_queue.h"
#include "lib/health/time.h"

namespace pathwatch::health {

class TimerWheel {
 public:
  static constexpr DurationNs kTick = kMillisecond;

  // Sets the timer of entry `id`, replacing an earlier one.
  void Set(std::uint32_t id, TimeNs when_ns);
  // Does nothing if it isn't set.
  void Clear(std::uint32_t id);

  // Clears every timer that is due at `now_ns` and appends its entry to `expired`, in the order
  // of their times (by kTick), and of their setting within one tick.
  void Advance(TimeNs now_ns, std::vector<std::uint32_t>& expired);

  // When Advance() has something to do: never later than the first timer, possibly a little
  // earlier. kNever if no timer is set.
  TimeNs NextWake() const;

 private:
  // A level per byte of the tick number. An entry waits in the level of the highest byte in
  // which its tick differs from current_, so every entry of a level is due before any entry of
  // the next one.
  static constexpr int kLevels = 8;
  static constexpr std::uint32_t kSlots = 256;

  struct Entry {
    Link link;
    std::uint64_t tick = 0;
    std::uint8_t level = 0;
    std::uint8_t slot = 0;
  };
  struct Level {
    std::array<IndexQueue<Entry, &Entry::link>, kSlots> slots;
    std::array<std::uint64_t, kSlots / 64> used{};  // a bit per slot that has entries
  };

  void Place(std::uint32_t id);
  void Unlink(std::uint32_t id);
  // The first level that has entries, or kLevels.
  int FirstLevel() const { return std::countr_zero(used_levels_); }
  // The tick at which the first used slot of the level is entered. REQUIRES: it has one.
  std::uint64_t FirstTick(int level) const;

  std::array<Level, kLevels> levels_;
  std::uint8_t used_levels_ =
      0;  // a bit per level that has entries: it is asked several times a step
  std::vector<Entry> entries_;
  std::uint64_t current_ = 0;  // every timer of a tick <= current_ has expired
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_TIMER_WHEEL_H_
