#include "lib/ring/submission.h"

#include <liburing.h>

#include <algorithm>
#include <cstring>

namespace pathwatch::ring {
namespace {

constexpr std::size_t kCommandOffset = 48;
static_assert(offsetof(io_uring_sqe, cmd) == kCommandOffset);
static_assert(kCommandOffset + kCommandBytes == kBigSqeBytes);

}  // namespace

void FillUringCommand(std::span<std::byte, kBigSqeBytes> sqe, int fd,
                      std::span<const std::byte, kCommandBytes> payload, std::uint64_t user_data) {
  io_uring_sqe head = {};
  head.opcode = IORING_OP_URING_CMD;
  head.fd = fd;
  head.user_data = user_data;
  std::memcpy(sqe.data(), &head, kCommandOffset);
  std::copy(payload.begin(), payload.end(), sqe.begin() + kCommandOffset);
}

}  // namespace pathwatch::ring
