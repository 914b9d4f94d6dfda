// Armed timers, the earliest first: a binary heap whose timers know their positions.
//
// Arm, Disarm and RunFirst cost O(log n). Timers of the same time run in the order of arming.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_TIMER_HEAP_H_
#define PATHWATCH_LIB_RING_TIMER_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lib/ring/timer.h"

namespace pathwatch::ring {

class TimerHeap {
 public:
  TimerHeap() = default;
  TimerHeap(const TimerHeap&) = delete;
  TimerHeap& operator=(const TimerHeap&) = delete;

  // Puts the timer in, or moves it when it is armed already: then it counts as armed last.
  void Arm(Timer& timer, TimeNs when_ns);
  // Does nothing when the timer isn't armed.
  void Disarm(Timer& timer);

  bool empty() const { return entries_.empty(); }
  // REQUIRES: !empty()
  TimeNs first_ns() const { return entries_.front().when_ns; }
  // Disarms the earliest timer, then calls it. REQUIRES: !empty()
  void RunFirst(TimeNs now_ns);

 private:
  struct Entry {
    TimeNs when_ns;
    std::uint64_t sequence;
    Timer* timer;

    bool Before(const Entry& other) const {
      return when_ns != other.when_ns ? when_ns < other.when_ns : sequence < other.sequence;
    }
  };

  void Place(std::size_t position, const Entry& entry);
  void SiftUp(std::size_t position, const Entry& entry);
  void SiftDown(std::size_t position, const Entry& entry);

  std::vector<Entry> entries_;
  std::uint64_t armed_ever_ = 0;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_TIMER_HEAP_H_
