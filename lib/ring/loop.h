// The event loop: the only home of io_uring calls.
//
// One turn: submissions enter the kernel, which sleeps there until the next timer when nothing
// is queued; then time is frozen, completions are reaped into a queue, and only then called;
// at last due timers run. So a callback never runs inside the call that started it, no callback
// sees another one half-done, and an answer that has arrived is seen before its deadline.
//
// The kernel holds a finished SCSI command's tag until its submitter enters the ring: a turn
// therefore ends after a slice of time, however much work is queued, so that the ring is
// entered at least every kOutsideRingMax unless one callback alone takes that long. It waits
// for one completion, never for a batch.
//
// Destruction: the loop asks the kernel to give up on whatever is pending, waits for that a
// short and bounded time, and detaches; it calls nobody and touches neither Completions nor
// Timers. Their owners guarantee that the Completion and the buffers of a pending operation live
// until the Loop is destroyed (declare the Loop after the objects that use it), and those of a
// UringCommand or a SCSI command that is still out until the process ends: nothing can withdraw it.
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
#include "lib/ring/statistics.h"
#include "lib/ring/timer.h"
#include "lib/ring/timer_heap.h"

struct io_uring_sqe;

namespace pathwatch::ring {

class RingHandle;

class Loop final {
 public:
  // What a kernel may be asked for, best first.
  enum class Setup {
    kDeferred,  // SINGLE_ISSUER | DEFER_TASKRUN: completions run only inside io_uring_enter (6.1)
    kCooperative,  // COOP_TASKRUN: no interrupt when a completion is ready (5.19)
    kPlain,        // neither, and entries of the usual size (5.14)
  };

  struct Options {
    // Submissions that fit in the ring before they are handed to the kernel early; 256 bytes of
    // locked memory each.
    std::uint32_t entries = 1024;
    // Lay the ring out for 128-byte SQEs and 32-byte CQEs where the kernel can (5.19).
    bool big_entries = true;
    // The first set-up to try; the ones below it follow. Another value than the default only
    // serves to run an older kernel's set-up on a newer one.
    Setup first_setup = Setup::kDeferred;
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
  // For RunOnce(): no limit but the next timer.
  static constexpr TimeNs kForever = INT64_MAX;
  // The oldest kernel that is supported; Create() names it when it refuses an older one.
  static constexpr std::uint32_t kKernelMajorMin = 5;
  static constexpr std::uint32_t kKernelMinorMin = 14;

  // On failure, the status says in one sentence what is missing and the remedy: the sysctl that
  // disables io_uring (and the group that may still use it), or the kernel version. Waits up to a
  // second for memory that rings closed just now still hold.
  static absl::StatusOr<std::unique_ptr<Loop>> Create(const Options& options);

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop();

  // Runs until Stop(). An error is one of the ring itself, never of an operation: operations
  // that are out are lost with it.
  absl::Status Run();
  // One turn: waits no longer than `until_ns` (or until something is due or completes).
  // REQUIRES, as Run(): not called from a callback.
  absl::Status RunOnce(TimeNs until_ns);
  // Makes Run() return at the end of the turn, or at once when it isn't running yet.
  void Stop() { stop_ = true; }

  // The time of this turn; before the first turn, of Create().
  TimeNs now_ns() const { return now_ns_; }
  // The clock itself: only to measure how long a callback takes (slices of long work).
  TimeNs clock_ns() const;
  const Features& features() const;
  const Statistics& statistics() const { return statistics_; }

  // Operations. REQUIRES: !done.pending(); buffers and `done` stay alive until done is called.
  // Errors arrive in the Result; nothing is thrown and nothing is lost. Reads and writes happen
  // at the descriptor's position. SIGPIPE must be ignored by the process; SendMessage raises none.
  void Read(int fd, std::span<std::byte> buffer, Completion& done);
  void Write(int fd, std::span<const std::byte> buffer, Completion& done);
  // As Write, but always from a kernel worker: for writes that may sleep.
  void WriteInWorker(int fd, std::span<const std::byte> buffer, Completion& done);
  // Completes once with the ready events (POLLIN, POLLHUP, ...) in Result::value.
  void Poll(int fd, std::uint32_t events, Completion& done);
  // Result::value is a new descriptor (close-on-exec) that the caller owns.
  void Accept(int fd, Completion& done);
  void ReceiveMessage(int fd, msghdr& message, Completion& done);
  // Never waits for room at the receiver: -EAGAIN says that there is none, and then Poll() helps.
  void SendMessage(int fd, const msghdr& message, Completion& done);
  // IORING_OP_URING_CMD with an 80-byte payload, which is copied. REQUIRES: features().big_entries.
  void UringCommand(int fd, std::span<const std::byte, 80> payload, Completion& done);
  // Asks the kernel to give up on `operation`; it still completes (with -ECANCELED if that
  // worked). Does nothing when it isn't pending. A SCSI command that is out is not withdrawn.
  void Cancel(Completion& operation);

  // Calls timer.OnTimer() in the first turn at or after `when_ns`; re-arming moves it. Timers of
  // the same time run in the order of arming; one that is armed by a timer's callback runs in a
  // later turn. The timer is not owned; it is disarmed before it is destroyed.
  void Arm(Timer& timer, TimeNs when_ns);
  void Disarm(Timer& timer) { timers_.Disarm(timer); }

  // Bounds the kernel workers (bounded and unbounded alike) that may sleep for this ring.
  // A kernel older than 5.15 may lack the call.
  // On failure, nothing has changed.
  absl::Status LimitWorkers(std::uint32_t workers_max);

 private:
  // How long this turn has been calling back.
  class Slice;

  explicit Loop(std::unique_ptr<RingHandle> ring);

  io_uring_sqe* Begin(Completion& done);
  io_uring_sqe* NextSqe();
  bool SubmitNow();
  absl::Status Enter(TimeNs until_ns);
  void CountTimeOutside(TimeNs outside_ns);
  void AwaitCompletions();
  void Reap();
  void Queue(Completion& done, const Result& result);
  void CallCompletions(Slice& slice);
  void RunTimers(Slice& slice);
  void Detach();

  std::unique_ptr<RingHandle> ring_;
  TimerHeap timers_;
  // Completions that wait for their call, linked through Completion::next_.
  Completion* ready_first_ = nullptr;
  Completion** ready_end_ = &ready_first_;
  std::uint64_t queued_ = 0;  // ever put into that queue
  // Timers that are due run once this many completions have been called; kNoBarrier: none is due.
  std::uint64_t timers_after_ = kNoBarrier;
  static constexpr std::uint64_t kNoBarrier = UINT64_MAX;

  TimeNs now_ns_ = 0;
  TimeNs left_ring_ns_ = 0;
  std::uint64_t in_flight_ = 0;  // operations that the ring still holds
  bool stop_ = false;
  bool in_turn_ = false;
  bool running_timers_ = false;
  absl::Status fault_;  // of the ring, found while an operation was started
  Statistics statistics_;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_LOOP_H_
