// Words and fields for the log.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_DAEMON_DESCRIBE_H_
#define PATHWATCH_SERVICE_DAEMON_DESCRIBE_H_

#include <string>

#include "lib/discovery/paths.h"
#include "lib/health/state.h"
#include "service/daemon/log/record.h"

namespace pathwatch::service {

// "no_answer (scope nexus)"
std::string DescribeStanding(const health::Standing& standing);
// "no answer within the deadline; the command is still out"
std::string DescribeReason(const health::Reason& reason);

// Those of a line about the path.
LogFields FieldsOf(const discovery::DiscoveredPath& path, LogCause cause);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_DESCRIBE_H_
