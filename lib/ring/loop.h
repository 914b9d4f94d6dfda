// The event loop: the only home of io_uring calls.
//
// One turn: time is frozen, due timers run, submissions enter the kernel, completions are
// reaped into a queue, and only then called. So a callback never runs inside the call that
// started it, and no callback sees another one half-done.
//
// The kernel holds a finished SCSI command's tag until its submitter enters the ring: Run()
// therefore enters it at least every kOutsideRingMax, however much work is queued, and waits
// for one completion, never for a batch.
//
// Thread rule: the thread that calls Create() makes every other call.
#ifndef PATHWATCH_LIB_RING_LOOP_H_
#define PATHWATCH_LIB_RING_LOOP_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/ring/completion.h"
#include "lib/ring/timer.h"

namespace pathwatch::ring {

// Nanoseconds of CLOCK_BOOTTIME.
using TimeNs = std::int64_t;

class Loop {
 public:
  struct Options {
    // Submissions that fit in the ring before they are handed to the kernel early.
    std::uint32_t entries = 4096;
    // Lay the ring out for 128-byte SQEs and 32-byte CQEs where the kernel can (5.19).
    bool big_entries = true;
  };

  // What the kernel granted.
  struct Features {
    bool big_entries = false;    // SQE128 and CQE32: UringCommand() may be used
    bool defer_taskrun = false;  // completions run only inside io_uring_enter
    std::uint32_t kernel_major = 0;
    std::uint32_t kernel_minor = 0;
  };

  // Callbacks may keep the thread outside the ring this long at the most.
  static constexpr TimeNs kOutsideRingMax = 100'000'000;
  // The oldest kernel that is supported; Create() names it when it refuses an older one.
  static constexpr std::uint32_t kKernelMajorMin = 5;
  static constexpr std::uint32_t kKernelMinorMin = 14;

  // On failure, the status says in one sentence what is missing and the remedy: the sysctl that
  // disables io_uring (and the group that may still use it), or the kernel version.
  static absl::StatusOr<std::unique_ptr<Loop>> Create(const Options& options);

  virtual ~Loop() = default;

  // Runs until Stop(). An error is one of the ring itself, never of an operation.
  virtual absl::Status Run() = 0;
  // One turn: waits no longer than `until_ns` (or until something is due or completes).
  virtual absl::Status RunOnce(TimeNs until_ns) = 0;
  // Makes Run() return at the end of the turn.
  virtual void Stop() = 0;

  // The time of this turn.
  virtual TimeNs now_ns() const = 0;
  // The clock itself: only to measure how long a callback takes (slices of long work).
  virtual TimeNs clock_ns() const = 0;
  virtual const Features& features() const = 0;

  // Operations. REQUIRES: !done.pending(); buffers and `done` stay alive until done is called.
  // Errors arrive in the Result; nothing is thrown and nothing is lost.
  virtual void Read(int fd, std::span<std::byte> buffer, Completion& done) = 0;
  virtual void Write(int fd, std::span<const std::byte> buffer, Completion& done) = 0;
  // As Write, but always from a kernel worker: for writes that may sleep.
  virtual void WriteInWorker(int fd, std::span<const std::byte> buffer, Completion& done) = 0;
  // Completes once with the ready events (POLLIN, POLLHUP, ...) in Result::value.
  virtual void Poll(int fd, std::uint32_t events, Completion& done) = 0;
  virtual void Accept(int fd, Completion& done) = 0;
  virtual void ReceiveMessage(int fd, msghdr& message, Completion& done) = 0;
  virtual void SendMessage(int fd, const msghdr& message, Completion& done) = 0;
  // IORING_OP_URING_CMD with an 80-byte payload. REQUIRES: features().big_entries.
  virtual void UringCommand(int fd, std::span<const std::byte, 80> payload, Completion& done) = 0;
  // Asks the kernel to give up on `operation`; it still completes (with -ECANCELED if that
  // worked). Does nothing when it isn't pending. A SCSI command that is out is not withdrawn.
  virtual void Cancel(Completion& operation) = 0;

  // Calls timer.OnTimer() in the first turn at or after `when_ns`; re-arming moves it.
  virtual void Arm(Timer& timer, TimeNs when_ns) = 0;
  virtual void Disarm(Timer& timer) = 0;

  // Bounds the kernel workers (bounded and unbounded alike) that may sleep for this ring.
  virtual absl::Status LimitWorkers(std::uint32_t workers_max) = 0;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_LOOP_H_
