// What the loop counts about itself since it was created.
#ifndef PATHWATCH_LIB_RING_STATISTICS_H_
#define PATHWATCH_LIB_RING_STATISTICS_H_

#include <cstdint>

namespace pathwatch::ring {

struct Statistics {
  std::uint64_t turns = 0;            // each enters the kernel once
  std::uint64_t operations = 0;       // started
  std::uint64_t completions = 0;      // called
  std::uint64_t timers = 0;           // called
  std::uint64_t submission_full = 0;  // early hand-overs, because the submission queue was full
  std::uint64_t retries = 0;          // the kernel asked to try again (EAGAIN, EBUSY)
  std::uint64_t overruns = 0;         // times outside the ring beyond Loop::kOutsideRingMax
  std::int64_t longest_outside_ns = 0;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_STATISTICS_H_
