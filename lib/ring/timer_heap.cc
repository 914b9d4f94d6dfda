#include "lib/ring/timer_heap.h"

namespace pathwatch::ring {

void TimerHeap::Arm(Timer& timer, TimeNs when_ns) {
  const Entry entry{when_ns, armed_ever_++, &timer};
  if (!timer.armed()) {
    entries_.push_back(entry);
    SiftUp(entries_.size() - 1, entry);
    return;
  }
  const std::size_t position = timer.position_;
  if (entry.Before(entries_[position])) {
    SiftUp(position, entry);
  } else {
    SiftDown(position, entry);
  }
}

void TimerHeap::Disarm(Timer& timer) {
  if (!timer.armed()) return;
  const std::size_t position = timer.position_;
  timer.position_ = Timer::kUnarmed;
  const Entry last = entries_.back();
  entries_.pop_back();
  if (position == entries_.size()) return;
  // The last entry fills the gap; it may belong above or below it.
  if (position > 0 && last.Before(entries_[(position - 1) / 2])) {
    SiftUp(position, last);
  } else {
    SiftDown(position, last);
  }
}

void TimerHeap::RunFirst(TimeNs now_ns) {
  Timer& timer = *entries_.front().timer;
  Disarm(timer);
  timer.OnTimer(now_ns);
}

void TimerHeap::Place(std::size_t position, const Entry& entry) {
  entries_[position] = entry;
  entry.timer->position_ = position;
}

void TimerHeap::SiftUp(std::size_t position, const Entry& entry) {
  while (position > 0) {
    const std::size_t parent = (position - 1) / 2;
    if (!entry.Before(entries_[parent])) break;
    Place(position, entries_[parent]);
    position = parent;
  }
  Place(position, entry);
}

void TimerHeap::SiftDown(std::size_t position, const Entry& entry) {
  for (;;) {
    std::size_t child = 2 * position + 1;
    if (child >= entries_.size()) break;
    if (child + 1 < entries_.size() && entries_[child + 1].Before(entries_[child])) ++child;
    if (!entries_[child].Before(entry)) break;
    Place(position, entries_[child]);
    position = child;
  }
  Place(position, entry);
}

}  // namespace pathwatch::ring
