#include "lib/passthrough/bsg_command.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "lib/scsi/status.h"

namespace pathwatch::passthrough {
namespace {

// The layout that leaves the process: 80 bytes in the byte order of the host.
struct Payload {
  std::uint64_t cdb;
  std::uint32_t cdb_length;
  std::uint32_t protocol;     // 0: SCSI
  std::uint32_t subprotocol;  // 0: a command
  std::uint32_t sense_length;
  std::uint64_t sense;
  std::uint64_t data_out;
  std::uint32_t data_out_length;
  std::uint32_t data_out_vectors;
  std::uint64_t data_in;
  std::uint32_t data_in_length;
  std::uint32_t data_in_vectors;
  std::uint32_t timeout_ms;
  std::uint8_t reserved[12];
};
static_assert(sizeof(Payload) == kBsgCommandBytes);
static_assert(offsetof(Payload, sense) == 24);
static_assert(offsetof(Payload, data_in) == 48);
static_assert(offsetof(Payload, timeout_ms) == 64);

// The second result word of the completion.
struct Outcome {
  explicit Outcome(std::uint64_t word)
      : status(static_cast<std::uint8_t>(word)),
        driver_status(static_cast<std::uint8_t>(word >> 8)),
        host_status(static_cast<std::uint8_t>(word >> 16)),
        sense_length(static_cast<std::uint8_t>(word >> 24)),
        residual(static_cast<std::uint32_t>(word >> 32)) {}

  std::uint8_t status;
  std::uint8_t driver_status;
  std::uint8_t host_status;
  std::uint8_t sense_length;
  std::uint32_t residual;
};

// Linux reports CHECK CONDITION by this (DRIVER_SENSE; include/scsi/sg.h), and nothing else.
constexpr std::uint8_t kDriverSense = 0x08;

template <class T>
std::uint64_t AddressOf(T* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

// Bit 0 of all status codes is 0 (SAM-5 5.3.1). CHECK CONDITION and the driver's word for it come
// together or not at all.
bool Contradicts(const Outcome& outcome) {
  if (outcome.driver_status != 0 && outcome.driver_status != kDriverSense) return true;
  const bool check_condition = outcome.status == scsi::kStatusCheckCondition;
  if (check_condition != (outcome.driver_status == kDriverSense)) return true;
  if (outcome.sense_length > kSenseBytes) return true;
  return (outcome.status & 1) != 0;
}

scsi::Reply Failed(int error) {
  scsi::Reply reply;
  reply.error = error;
  return reply;
}

}  // namespace

std::array<std::byte, kBsgCommandBytes> BsgRequest(Command& command) {
  Payload payload = {};
  payload.cdb = AddressOf(command.cdb.bytes.data());
  payload.cdb_length = command.cdb.length;
  payload.sense = AddressOf(command.sense_buffer().data());
  payload.sense_length = kSenseBytes;
  if (!command.data_in.empty()) {
    payload.data_in = AddressOf(command.data_in.data());
    payload.data_in_length = static_cast<std::uint32_t>(command.data_in.size());
  }
  payload.timeout_ms = command.timeout_ms;
  std::array<std::byte, kBsgCommandBytes> bytes;
  std::memcpy(bytes.data(), &payload, sizeof payload);
  return bytes;
}

scsi::Reply BsgReply(const ring::Result& result, Command& command, BsgDialect& dialect) {
  if (result.value < 0) return Failed(-result.value);
  if (result.value > 0) return Failed(EPROTO);
  Outcome outcome(result.extra);
  // CHECK CONDITION is 0x02: half of it gives the shift away.
  if (outcome.driver_status == kDriverSense && outcome.status == scsi::kStatusCheckCondition >> 1) {
    dialect.status_shifted = true;
  }
  if (dialect.status_shifted) outcome.status = static_cast<std::uint8_t>(outcome.status << 1);
  if (Contradicts(outcome)) return Failed(EPROTO);

  scsi::Reply reply;
  reply.status = outcome.status;
  reply.host_status = outcome.host_status;
  reply.sense = command.sense_buffer().first(outcome.sense_length);
  // Only with GOOD does the residual mean anything; a refused command leaves it 0.
  const std::size_t asked = command.data_in.size();
  if (outcome.status == scsi::kStatusGood && outcome.host_status == 0) {
    reply.data_length = asked - std::min<std::size_t>(outcome.residual, asked);
  }
  return reply;
}

}  // namespace pathwatch::passthrough
