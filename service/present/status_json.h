// How the host and the daemon stand, as an object of JSON.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_STATUS_JSON_H_
#define PATHWATCH_SERVICE_PRESENT_STATUS_JSON_H_

#include <cstdint>
#include <optional>
#include <string>

#include "proto/state_table.h"
#include "service/present/json.h"
#include "service/present/status_summary.h"
#include "service/present/time_text.h"

namespace pathwatch::present {

// Owned by somebody else.
struct StatusFacts {
  const pw_header& header;
  // Below zero: the heartbeat lies in the future, or came while this was asked. Empty: none was
  // given.
  std::optional<std::int64_t> heartbeat_age_ns;
  bool stale = false;
  const pw_counters_record* counters = nullptr;  // null: cannot be read
  const Summary& summary;
};

// A heartbeat that came while this was asked is 0 s old.
std::optional<std::int64_t> HeartbeatAge(const StatusFacts& facts);
// From the start to the last sign of life; empty if there is none.
std::optional<std::int64_t> UptimeNs(const StatusFacts& facts);

// False of a daemon that is older than its configuration file.
bool TellsConfiguration(const StatusFacts& facts);
// REQUIRES: the counters can be read.
std::int64_t CounterTime(const StatusFacts& facts, pw_counter counter);

// "00fe31ab90c2d744": a string, as programs that take numbers for floating point would lose its
// last bits.
std::string EpochText(std::uint64_t epoch);

void WriteStatus(const StatusFacts& facts, const Clocks& clocks, Json& json);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_STATUS_JSON_H_
