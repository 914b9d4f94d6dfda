// TEST UNIT READY in the sg version 3 interface (struct sg_io_hdr of include/scsi/sg.h).
//
// Pure; any thread.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_SG_HEADER_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_SG_HEADER_H_

#include <scsi/sg.h>

#include <array>
#include <cstdint>

namespace pathwatch::bench {

inline constexpr std::uint32_t kTimeoutMs = 30'000;
inline constexpr std::size_t kSenseBytes = 96;

// What a command leads to, at an address that does not change while it is out.
struct TurBuffers {
  std::array<std::uint8_t, 6> cdb{};  // all zeros is TEST UNIT READY
  std::array<std::uint8_t, kSenseBytes> sense{};
};

// `owner` comes back in the reply.
sg_io_hdr SgTur(TurBuffers& buffers, const void* owner);

// Whether the reply to SgTur says GOOD. A reply in another layout than the 64-bit one says no.
bool SgGood(const sg_io_hdr& reply, const void* owner);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_SG_HEADER_H_
