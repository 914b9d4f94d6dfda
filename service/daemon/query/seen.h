// Which changes a snapshot already holds that was taken piece by piece while states changed.
//
// Each slot was looked at when some change was the last one: what came until then is in the
// snapshot, what came later is not.
//
// Thread rule: plain value.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_SEEN_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_SEEN_H_

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pathwatch::service {

class Seen {
 public:
  // The slots up to `end` (exclusive) that were not yet looked at have been looked at after the
  // change `sequence`. REQUIRES: neither number ever gets smaller.
  void Looked(std::uint32_t end, std::uint64_t sequence) {
    if (!pieces_.empty() && pieces_.back().sequence == sequence) {
      pieces_.back().end = end;
    } else {
      pieces_.push_back({end, sequence});
    }
  }

  // Whether the snapshot holds the change of the path in that slot.
  bool Holds(std::uint32_t slot, std::uint64_t sequence) const {
    const auto piece =
        std::upper_bound(pieces_.begin(), pieces_.end(), slot,
                         [](std::uint32_t value, const Piece& p) { return value < p.end; });
    return piece != pieces_.end() && sequence <= piece->sequence;
  }

 private:
  struct Piece {
    std::uint32_t end;
    std::uint64_t sequence;
  };
  std::vector<Piece> pieces_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_SEEN_H_
