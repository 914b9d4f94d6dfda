#include "lib/ring/command_probe.h"

#include <liburing.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <ctime>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "lib/ring/setup_error.h"
#include "lib/ring/submission.h"
#include "lib/ring/sysctls.h"

namespace pathwatch::ring {
namespace {

constexpr unsigned kEntries = 4;

std::int64_t ReadClock() {
  timespec time = {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

bool KnowsCommands(io_uring& ring) {
  io_uring_probe* const probe = io_uring_get_probe_ring(&ring);
  if (probe == nullptr) return false;
  const bool known = io_uring_opcode_supported(probe, IORING_OP_URING_CMD) != 0;
  io_uring_free_probe(probe);
  return known;
}

}  // namespace

absl::StatusOr<std::unique_ptr<CommandProbe>> CommandProbe::Create() {
  auto ring = std::make_unique<io_uring>();
  io_uring_params params = {};
  params.flags = IORING_SETUP_SQE128 | IORING_SETUP_CQE32;
  const int error = -io_uring_queue_init_params(kEntries, ring.get(), &params);
  if (error == EINVAL) {
    return absl::UnimplementedError(
        "this kernel's io_uring has no entries of 128 bytes (Linux 5.19 and newer have them)");
  }
  if (error != 0) {
    return SetupError({.error = error, .entries = kEntries, .sysctls = ReadSysctls()});
  }
  if (!KnowsCommands(*ring)) {
    io_uring_queue_exit(ring.get());
    return absl::UnimplementedError(
        "this kernel's io_uring knows no commands (IORING_OP_URING_CMD; Linux 5.19 and newer do)");
  }
  return std::unique_ptr<CommandProbe>(new CommandProbe(std::move(ring)));
}

CommandProbe::CommandProbe(std::unique_ptr<io_uring> ring) : ring_(std::move(ring)) {}

CommandProbe::~CommandProbe() { io_uring_queue_exit(ring_.get()); }

int CommandProbe::Ask(int fd) {
  io_uring_sqe* const sqe = io_uring_get_sqe(ring_.get());
  if (sqe == nullptr) return EAGAIN;
  constexpr std::array<std::byte, kCommandBytes> kNothing{};
  const std::uint64_t question = ++asked_;
  FillUringCommand(
      std::span<std::byte, kBigSqeBytes>(reinterpret_cast<std::byte*>(sqe), kBigSqeBytes), fd,
      kNothing, question);
  const std::int64_t end_ns = ReadClock() + kPatienceNs;
  for (std::int64_t left = kPatienceNs; left > 0; left = end_ns - ReadClock()) {
    __kernel_timespec wait = {.tv_sec = 0, .tv_nsec = left};
    io_uring_cqe* cqe = nullptr;
    const int entered = io_uring_submit_and_wait_timeout(ring_.get(), &cqe, 1, &wait, nullptr);
    if (entered < 0 && entered != -ETIME && entered != -EINTR) return -entered;
    while (io_uring_peek_cqe(ring_.get(), &cqe) == 0) {
      const bool answered = cqe->user_data == question;
      const int result = cqe->res;
      io_uring_cqe_seen(ring_.get(), cqe);
      if (answered) return result < 0 ? -result : 0;
    }
  }
  return ETIME;
}

}  // namespace pathwatch::ring
