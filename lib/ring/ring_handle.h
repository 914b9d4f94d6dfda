// One io_uring of the kernel, set up as well as the kernel can and given back at the end.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_RING_HANDLE_H_
#define PATHWATCH_LIB_RING_RING_HANDLE_H_

#include <liburing.h>

#include <memory>

#include "absl/status/statusor.h"
#include "lib/ring/loop.h"

namespace pathwatch::ring {

class RingHandle {
 public:
  // Tries the set-ups from options.first_setup on. On failure, says which sysctl, limit or kernel
  // is in the way.
  static absl::StatusOr<std::unique_ptr<RingHandle>> Create(const Loop::Options& options);

  RingHandle(const RingHandle&) = delete;
  RingHandle& operator=(const RingHandle&) = delete;
  ~RingHandle() { io_uring_queue_exit(&ring); }

  io_uring ring;
  Loop::Features features;

 private:
  RingHandle(const io_uring& made, const Loop::Features& granted) : ring(made), features(granted) {}
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_RING_HANDLE_H_
