#include "lib/ring/loop.h"

#include <liburing.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

#include "lib/ring/bug.h"
#include "lib/ring/enter_error.h"
#include "lib/ring/ring_handle.h"
#include "lib/ring/submission.h"

namespace pathwatch::ring {
namespace {

// Callbacks run this long before the ring is entered again.
constexpr TimeNs kSlice = 5'000'000;
// Reading the clock costs as much as a short callback, so it is read after so many of them.
constexpr std::uint32_t kCallsPerClockRead = 8;
// The kernel adds the wait to its clock, which must not overflow.
constexpr TimeNs kLongestWait = 365LL * 86'400 * 1'000'000'000;
// When the kernel is short of memory: the pause before the next attempt, and when to give up on
// an operation that must be submitted to make room.
constexpr TimeNs kRetryWait = 10'000'000;
constexpr int kSubmitAttempts = 10;

__kernel_timespec ToTimespec(TimeNs wait_ns) {
  return {.tv_sec = wait_ns / 1'000'000'000, .tv_nsec = wait_ns % 1'000'000'000};
}

TimeNs ReadClock() {
  timespec time = {};
  if (::clock_gettime(CLOCK_BOOTTIME, &time) != 0) Bug("CLOCK_BOOTTIME can't be read");
  return TimeNs{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

class Loop::Slice {
 public:
  explicit Slice(TimeNs start_ns) : end_ns_(start_ns + kSlice) {}

  // Asked after each callback.
  bool Over() { return ++calls_ % kCallsPerClockRead == 0 && ReadClock() >= end_ns_; }

 private:
  TimeNs end_ns_;
  std::uint32_t calls_ = 0;
};

absl::StatusOr<std::unique_ptr<Loop>> Loop::Create(const Options& options) {
  absl::StatusOr<std::unique_ptr<RingHandle>> ring = RingHandle::Create(options);
  if (!ring.ok()) return ring.status();
  return std::unique_ptr<Loop>(new Loop(*std::move(ring)));
}

Loop::Loop(std::unique_ptr<RingHandle> ring)
    : ring_(std::move(ring)), now_ns_(ReadClock()), left_ring_ns_(now_ns_) {}

Loop::~Loop() {
  if (in_flight_ > 0) Detach();
}

TimeNs Loop::clock_ns() const { return ReadClock(); }

const Loop::Features& Loop::features() const { return ring_->features; }

absl::Status Loop::Run() {
  while (!stop_) {
    absl::Status status = RunOnce(kForever);
    if (!status.ok()) return status;
  }
  stop_ = false;
  return absl::OkStatus();
}

absl::Status Loop::RunOnce(TimeNs until_ns) {
  if (in_turn_) Bug("a callback runs the loop that calls it");
  absl::Status entered = Enter(until_ns);
  if (!entered.ok()) return entered;

  in_turn_ = true;
  now_ns_ = left_ring_ns_ = ReadClock();
  Reap();
  if (timers_after_ == kNoBarrier && !timers_.empty() && timers_.first_ns() <= now_ns_) {
    timers_after_ = queued_;
  }
  Slice slice(now_ns_);
  CallCompletions(slice);
  if (statistics_.completions >= timers_after_) {
    RunTimers(slice);
    timers_after_ = kNoBarrier;
  }
  in_turn_ = false;
  return fault_;
}

absl::Status Loop::Enter(TimeNs until_ns) {
  io_uring* const ring = &ring_->ring;
  const TimeNs before_ns = ReadClock();
  CountTimeOutside(before_ns - left_ring_ns_);
  ++statistics_.turns;

  const TimeNs wake_ns = timers_.empty() ? until_ns : std::min(until_ns, timers_.first_ns());
  int result = 0;
  if (ready_first_ != nullptr || wake_ns <= before_ns || io_uring_cq_ready(ring) > 0) {
    // There is work to do already; the kernel only gets its turn to finish commands.
    result = io_uring_submit_and_get_events(ring);
  } else {
    __kernel_timespec wait = ToTimespec(std::min(wake_ns - before_ns, kLongestWait));
    io_uring_cqe* first = nullptr;
    result = io_uring_submit_and_wait_timeout(ring, &first, 1, &wait, nullptr);
  }
  const int error = result < 0 ? -result : 0;
  switch (JudgeEnter(error)) {
    case EnterVerdict::kGoOn:
      return absl::OkStatus();
    case EnterVerdict::kAwaitCompletions:
      AwaitCompletions();
      return absl::OkStatus();
    case EnterVerdict::kFault:
      return EnterFault(error);
    case EnterVerdict::kBug:
      break;
  }
  Bug(EnterBug(error));
}

// Tags are held only by operations that are out, so time without them doesn't count.
void Loop::CountTimeOutside(TimeNs outside_ns) {
  if (in_flight_ == 0) return;
  statistics_.longest_outside_ns = std::max(statistics_.longest_outside_ns, outside_ns);
  if (outside_ns > kOutsideRingMax) ++statistics_.overruns;
}

// Without submitting anything: that is what the kernel has just refused. The wait keeps a
// lasting shortage from turning into a busy loop.
void Loop::AwaitCompletions() {
  ++statistics_.retries;
  __kernel_timespec wait = ToTimespec(kRetryWait);
  io_uring_cqe* first = nullptr;
  io_uring_wait_cqe_timeout(&ring_->ring, &first, &wait);
}

void Loop::Reap() {
  io_uring* const ring = &ring_->ring;
  const bool big = ring_->features.big_entries;
  unsigned head = 0;
  unsigned reaped = 0;
  io_uring_cqe* cqe = nullptr;
  io_uring_for_each_cqe(ring, head, cqe) {
    ++reaped;
    auto* const done = static_cast<Completion*>(io_uring_cqe_get_data(cqe));
    if (done == nullptr) continue;  // of a request to cancel: the operation itself has the answer
    --in_flight_;
    Queue(*done, {.value = cqe->res, .flags = cqe->flags, .extra = big ? cqe->big_cqe[0] : 0});
  }
  io_uring_cq_advance(ring, reaped);
}

void Loop::Queue(Completion& done, const Result& result) {
  done.result_ = result;
  done.next_ = nullptr;
  *ready_end_ = &done;
  ready_end_ = &done.next_;
  ++queued_;
}

void Loop::CallCompletions(Slice& slice) {
  while (ready_first_ != nullptr) {
    Completion& done = *ready_first_;
    ready_first_ = done.next_;
    if (ready_first_ == nullptr) ready_end_ = &ready_first_;
    // A copy, as the callback may destroy `done` or start the next operation with it.
    const Result result = done.result_;
    done.pending_ = false;
    ++statistics_.completions;
    done.OnComplete(result);
    if (slice.Over()) return;
  }
}

void Loop::RunTimers(Slice& slice) {
  running_timers_ = true;
  while (!timers_.empty() && timers_.first_ns() <= now_ns_) {
    ++statistics_.timers;
    timers_.RunFirst(now_ns_);
    if (slice.Over()) break;
  }
  running_timers_ = false;
}

void Loop::Arm(Timer& timer, TimeNs when_ns) {
  // Otherwise a timer that re-arms itself for the past would keep the turn from ending.
  timers_.Arm(timer, running_timers_ ? std::max(when_ns, now_ns_ + 1) : when_ns);
}

io_uring_sqe* Loop::NextSqe() {
  io_uring* const ring = &ring_->ring;
  io_uring_sqe* sqe = io_uring_get_sqe(ring);
  while (sqe == nullptr) {
    if (!SubmitNow()) return nullptr;
    sqe = io_uring_get_sqe(ring);
  }
  // liburing clears 64 bytes at most, and not all of them.
  std::memset(sqe, 0, ring_->features.big_entries ? kBigSqeBytes : sizeof(io_uring_sqe));
  return sqe;
}

// Makes room in the submission queue; false when the kernel doesn't take anything.
bool Loop::SubmitNow() {
  ++statistics_.submission_full;
  for (int attempt = 0; attempt < kSubmitAttempts; ++attempt) {
    const int submitted = io_uring_submit(&ring_->ring);
    if (submitted > 0) return true;
    switch (JudgeEnter(-submitted)) {
      case EnterVerdict::kGoOn:
        break;
      case EnterVerdict::kAwaitCompletions:
        AwaitCompletions();
        Reap();
        break;
      case EnterVerdict::kFault:
        fault_ = EnterFault(-submitted);
        return false;
      case EnterVerdict::kBug:
        Bug(EnterBug(-submitted));
    }
  }
  return false;
}

io_uring_sqe* Loop::Begin(Completion& done) {
  if (done.pending_) Bug("an operation was started with a Completion that is still pending");
  done.pending_ = true;
  ++statistics_.operations;
  io_uring_sqe* const sqe = NextSqe();
  if (sqe == nullptr) {
    Queue(done, {.value = -EAGAIN});
    return nullptr;
  }
  ++in_flight_;
  return sqe;
}

}  // namespace pathwatch::ring
