// The operations of Loop: each fills one submission entry.
#include <liburing.h>

#include <algorithm>
#include <cstdint>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/ring/bug.h"
#include "lib/ring/enter_error.h"
#include "lib/ring/loop.h"
#include "lib/ring/ring_handle.h"
#include "lib/ring/submission.h"

namespace pathwatch::ring {
namespace {

// Offset -1: at the descriptor's own position, as read(2) and write(2).
constexpr std::uint64_t kAtPosition = static_cast<std::uint64_t>(-1);

// Enough for the kernel to withdraw what it can; commands that can't be withdrawn don't delay
// the end of the program longer than this.
constexpr TimeNs kDetachWait = 50'000'000;

// A system call moves less than 2 GiB at a time (MAX_RW_COUNT); more is a short read or write.
std::uint32_t Length(std::size_t bytes) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(bytes, 0x7ffff000));
}

}  // namespace

void Loop::Read(int fd, std::span<std::byte> buffer, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  io_uring_prep_read(sqe, fd, buffer.data(), Length(buffer.size()), kAtPosition);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::Write(int fd, std::span<const std::byte> buffer, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  io_uring_prep_write(sqe, fd, buffer.data(), Length(buffer.size()), kAtPosition);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::WriteInWorker(int fd, std::span<const std::byte> buffer, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  io_uring_prep_write(sqe, fd, buffer.data(), Length(buffer.size()), kAtPosition);
  io_uring_sqe_set_flags(sqe, IOSQE_ASYNC);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::Poll(int fd, std::uint32_t events, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  io_uring_prep_poll_add(sqe, fd, events);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::Accept(int fd, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  io_uring_prep_accept(sqe, fd, nullptr, nullptr, SOCK_CLOEXEC);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::ReceiveMessage(int fd, msghdr& message, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  io_uring_prep_recvmsg(sqe, fd, &message, MSG_CMSG_CLOEXEC);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::SendMessage(int fd, const msghdr& message, Completion& done) {
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  // Without MSG_DONTWAIT the ring waits by itself for a full Unix datagram socket, and then sends
  // an empty datagram in the place of this one: the first attempt has used its bytes up (seen with
  // Linux 6.18).
  io_uring_prep_sendmsg(sqe, fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  io_uring_sqe_set_data(sqe, &done);
}

void Loop::UringCommand(int fd, std::span<const std::byte, kCommandBytes> payload,
                        Completion& done) {
  if (!ring_->features.big_entries) Bug("UringCommand needs a ring with 128-byte entries");
  io_uring_sqe* const sqe = Begin(done);
  if (sqe == nullptr) return;
  FillUringCommand(
      std::span<std::byte, kBigSqeBytes>(reinterpret_cast<std::byte*>(sqe), kBigSqeBytes), fd,
      payload, reinterpret_cast<std::uintptr_t>(&done));
}

void Loop::Cancel(Completion& operation) {
  if (!operation.pending()) return;
  io_uring_sqe* const sqe = NextSqe();
  // Without an entry the operation goes on as if the request had come too late.
  if (sqe == nullptr) return;
  io_uring_prep_cancel64(sqe, reinterpret_cast<std::uintptr_t>(&operation), 0);
  io_uring_sqe_set_data(sqe, nullptr);
}

absl::Status Loop::LimitWorkers(std::uint32_t workers_max) {
  if (workers_max == 0) Bug("LimitWorkers(0): the kernel takes 0 for 'as it is'");
  unsigned bounded_and_unbounded[2] = {workers_max, workers_max};
  const int result = io_uring_register_iowq_max_workers(&ring_->ring, bounded_and_unbounded);
  if (result == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the kernel workers of the io_uring can't be limited to ",
                                          workers_max, ": ",
                                          std::generic_category().message(-result)));
}

void Loop::Detach() {
  io_uring* const ring = &ring_->ring;
  io_uring_sqe* const sqe = NextSqe();
  if (sqe == nullptr) return;
  // Any operation, all of them (5.19); an older kernel does the same when the ring is closed.
  io_uring_prep_cancel64(sqe, 0, IORING_ASYNC_CANCEL_ANY | IORING_ASYNC_CANCEL_ALL);
  io_uring_sqe_set_data(sqe, nullptr);

  const TimeNs end_ns = clock_ns() + kDetachWait;
  for (TimeNs now = clock_ns(); in_flight_ > 0 && now < end_ns; now = clock_ns()) {
    const TimeNs left_ns = end_ns - now;
    __kernel_timespec wait = {.tv_sec = 0, .tv_nsec = left_ns};
    io_uring_cqe* cqe = nullptr;
    const int result = io_uring_submit_and_wait_timeout(ring, &cqe, 1, &wait, nullptr);
    if (result < 0 && JudgeEnter(-result) != EnterVerdict::kGoOn) return;
    unsigned head = 0;
    unsigned reaped = 0;
    io_uring_for_each_cqe(ring, head, cqe) {
      ++reaped;
      if (io_uring_cqe_get_data(cqe) != nullptr) --in_flight_;
    }
    io_uring_cq_advance(ring, reaped);
  }
}

}  // namespace pathwatch::ring
