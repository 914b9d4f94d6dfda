// Asks what io_uring commands (IORING_OP_URING_CMD) are good for on this host.
//
// It has a small ring of its own, so that a program without a loop can ask too, and asks in a way
// that no driver acts upon: the payload is all zeros, which every handler has to refuse before it
// does anything. So the answer never depends on the device.
//
// Thread rule: the thread that calls Create() makes every other call.
#ifndef PATHWATCH_LIB_RING_COMMAND_PROBE_H_
#define PATHWATCH_LIB_RING_COMMAND_PROBE_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"

struct io_uring;

namespace pathwatch::ring {

class CommandProbe final {
 public:
  // The handler answers at once; a descriptor that takes longer is no use to an event loop.
  static constexpr std::int64_t kPatienceNs = 100'000'000;

  // On failure the status says in one sentence why this kernel, or this process, has no io_uring
  // commands with payloads of 80 bytes.
  static absl::StatusOr<std::unique_ptr<CommandProbe>> Create();

  CommandProbe(const CommandProbe&) = delete;
  CommandProbe& operator=(const CommandProbe&) = delete;
  ~CommandProbe();

  // What the handler of `fd` answers to a command that it must refuse: an errno, 0 if it takes
  // it all the same. EOPNOTSUPP: there is no handler. ETIME: no answer within kPatienceNs.
  // EBADF, EAGAIN, ...: the command did not get to a handler.
  int Ask(int fd);

 private:
  explicit CommandProbe(std::unique_ptr<io_uring> ring);

  std::unique_ptr<io_uring> ring_;
  std::uint64_t asked_ = 0;  // tells a late answer from the one that is awaited
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_COMMAND_PROBE_H_
