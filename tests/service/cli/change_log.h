// Changes as a fictional daemon writes them into its log.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_CHANGE_LOG_H_
#define PATHWATCH_TESTS_SERVICE_CLI_CHANGE_LOG_H_

#include <cstdint>

#include "lib/publish/state_file.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {

// Path host:0:0:1 goes down 60 s ago, because the host adapter cannot reach its port.
inline pw_change_record ChangeOf(std::uint32_t host) {
  pw_change_record record{};
  record.generation = 1000 + host;
  record.host = host;
  record.lun = 1;
  SetText(record.device, "sda");
  SetText(record.wwid, "3600a");
  record.change.when_boottime_ns = Ago(60 * kSecond);
  record.change.code.host_status = 0x01;  // DID_NO_CONNECT
  record.change.from = PW_STATE_UP;
  record.change.to = PW_STATE_DOWN;
  record.change.scope = PW_SCOPE_PATH;
  record.change.cause = PW_CAUSE_CHECK;
  record.change.reason_kind = PW_REASON_REPLY;
  return record;
}

inline void Append(publish::StateFile& file, int changes, std::uint32_t host = 3) {
  pw_change_record record = ChangeOf(host);
  for (int i = 0; i < changes; i++) file.AppendChange(record);
}

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_CHANGE_LOG_H_
