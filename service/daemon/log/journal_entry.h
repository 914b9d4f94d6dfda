// An entry of the journal as one datagram of its native protocol
// (https://systemd.io/JOURNAL_NATIVE_PROTOCOL).
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_ENTRY_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_ENTRY_H_

#include <string>

#include "service/daemon/log/record.h"

namespace pathwatch::service {

// PRIORITY, SYSLOG_IDENTIFIER, MESSAGE, and of PATH, DEVICE, LUN, NEXUS and CAUSE those that the
// line is about.
std::string JournalEntry(const LogRecord& record);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_ENTRY_H_
