#include "tests/bench/passthrough/bsg_payload.h"

namespace pathwatch::bench {
namespace {

constexpr std::uint32_t kCdbBytes = 6;
constexpr std::uint32_t kSenseBytes = 96;
// Bits 0-7: SCSI status, 8-15: driver status, 16-23: host status.
constexpr std::uint64_t kAllStatus = 0xFF'FFFF;

}  // namespace

BsgPayload BsgTur(std::uint64_t cdb, std::uint64_t sense, std::uint32_t timeout_ms) {
  BsgPayload payload;
  payload.cdb = cdb;
  payload.cdb_length = kCdbBytes;
  payload.sense = sense;
  payload.sense_length = kSenseBytes;
  payload.timeout_ms = timeout_ms;
  return payload;
}

// A result of 0 alone only says that the command has come back.
bool BsgGood(std::int32_t result, std::uint64_t extra) {
  return result == 0 && (extra & kAllStatus) == 0;
}

}  // namespace pathwatch::bench
