// The submission entries that liburing can't fill. Pure functions.
#ifndef PATHWATCH_LIB_RING_SUBMISSION_H_
#define PATHWATCH_LIB_RING_SUBMISSION_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace pathwatch::ring {

inline constexpr std::size_t kBigSqeBytes = 128;  // IORING_SETUP_SQE128
inline constexpr std::size_t kCommandBytes = 80;  // of it, from offset 48

// Fills all of `sqe` with an IORING_OP_URING_CMD (include/uapi/linux/io_uring.h): cmd_op 0, no
// flags, the payload at offset 48.
void FillUringCommand(std::span<std::byte, kBigSqeBytes> sqe, int fd,
                      std::span<const std::byte, kCommandBytes> payload, std::uint64_t user_data);

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_SUBMISSION_H_
