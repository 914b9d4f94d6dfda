// A queue of table entries, linked through the entries themselves: no allocation, removal from
// the middle in constant time.
//
// An entry is in at most one queue per Link member.
#ifndef PATHWATCH_LIB_HEALTH_INDEX_QUEUE_H_
#define PATHWATCH_LIB_HEALTH_INDEX_QUEUE_H_

#include <cstdint>
#include <vector>

#include "lib/health/ids.h"

namespace pathwatch::health {

struct Link {
  std::uint32_t next = kNone;
  std::uint32_t previous = kNone;
  bool linked = false;
};

template <class Entry, Link Entry::*Member>
class IndexQueue {
 public:
  using Table = std::vector<Entry>;

  bool empty() const { return head_ == kNone; }
  std::uint32_t front() const { return head_; }
  static std::uint32_t After(const Table& table, std::uint32_t id) {
    return (table[id].*Member).next;
  }

  // REQUIRES (all): the entry is not linked; Remove: it is linked in this queue.
  void PushBack(Table& table, std::uint32_t id) { Insert(table, id, tail_, kNone); }
  void PushFront(Table& table, std::uint32_t id) { Insert(table, id, kNone, head_); }

  void Remove(Table& table, std::uint32_t id) {
    Link& link = table[id].*Member;
    NextOf(table, link.previous) = link.next;
    PreviousOf(table, link.next) = link.previous;
    link = Link{};
  }

  // REQUIRES: !empty()
  std::uint32_t PopFront(Table& table) {
    const std::uint32_t id = head_;
    Remove(table, id);
    return id;
  }

 private:
  void Insert(Table& table, std::uint32_t id, std::uint32_t previous, std::uint32_t next) {
    table[id].*Member = Link{next, previous, true};
    NextOf(table, previous) = id;
    PreviousOf(table, next) = id;
  }
  std::uint32_t& NextOf(Table& table, std::uint32_t id) {
    return id == kNone ? head_ : (table[id].*Member).next;
  }
  std::uint32_t& PreviousOf(Table& table, std::uint32_t id) {
    return id == kNone ? tail_ : (table[id].*Member).previous;
  }

  std::uint32_t head_ = kNone;
  std::uint32_t tail_ = kNone;
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_INDEX_QUEUE_H_
