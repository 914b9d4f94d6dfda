// Where answers find what is published, and the time.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_PUBLISHED_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_PUBLISHED_H_

#include <cstdint>
#include <functional>

#include "lib/publish/state_file.h"
#include "lib/query/answer.h"
#include "service/present/path_facts.h"
#include "service/present/time_text.h"

namespace pathwatch::service {

// The file is not owned and outlives every answer.
struct Published {
  const publish::StateFile& file;
  std::function<present::Clocks()> clocks;
};

// REQUIRES: there is a path in that slot.
inline present::PathFacts FactsOf(const publish::StateFile& file, std::uint32_t slot) {
  const pw_path_record& path = *file.path(slot);
  return {path, file.nexus(path.nexus_index), file.detail(slot)};
}

// Goes through the slots of a section in pieces. Records may come and go meanwhile.
class Walk {
 public:
  // How many slots are visited between two looks at the clock: of records that are only looked at,
  // and of those that are written.
  enum Pace : std::uint32_t { kLook = 64, kWrite = 4 };

  // Calls visit(slot) for the next slots below `end`, until `replies.Enough()`. True at the end.
  template <class Visit>
  bool Continue(std::uint32_t end, Pace pace, query::Replies& replies, Visit visit) {
    while (next_ < end) {
      visit(next_++);
      if (next_ % pace == 0 && next_ < end && replies.Enough()) return false;
    }
    return true;
  }

  std::uint32_t next() const { return next_; }

 private:
  std::uint32_t next_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_PUBLISHED_H_
