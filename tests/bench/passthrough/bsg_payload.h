// TEST UNIT READY as an io_uring command on a bsg node: the 80 bytes of payload, and its result.
//
// Pure; any thread.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_BSG_PAYLOAD_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_BSG_PAYLOAD_H_

#include <cstdint>

namespace pathwatch::bench {

// From byte 48 of a 128-byte submission entry; numbers in the machine's own byte order.
struct BsgPayload {
  std::uint64_t cdb = 0;  // addresses; 0: none
  std::uint32_t cdb_length = 0;
  std::uint32_t protocol = 0;     // SCSI
  std::uint32_t subprotocol = 0;  // a SCSI command
  std::uint32_t sense_length = 0;
  std::uint64_t sense = 0;
  std::uint64_t data_out = 0;
  std::uint32_t data_out_length = 0;
  std::uint32_t data_out_pieces = 0;
  std::uint64_t data_in = 0;
  std::uint32_t data_in_length = 0;
  std::uint32_t data_in_pieces = 0;
  std::uint32_t timeout_ms = 0;
  std::uint32_t reserved[3] = {};
};
static_assert(sizeof(BsgPayload) == 80);

// `cdb` is the address of 6 zero bytes, `sense` that of 96 bytes.
BsgPayload BsgTur(std::uint64_t cdb, std::uint64_t sense, std::uint32_t timeout_ms);

// Whether a completion says GOOD: its result, and the first of its two extra words.
bool BsgGood(std::int32_t result, std::uint64_t extra);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_BSG_PAYLOAD_H_
