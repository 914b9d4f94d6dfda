// The address of a Unix socket in the file system. Pure; any thread.
#ifndef PATHWATCH_LIB_QUERY_UNIX_ADDRESS_H_
#define PATHWATCH_LIB_QUERY_UNIX_ADDRESS_H_

#include <sys/un.h>

#include <string>

#include "absl/status/statusor.h"

namespace pathwatch::query {

// A path that is too long for an address is the only failure; the sentence names it.
absl::StatusOr<sockaddr_un> UnixAddress(const std::string& path);

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_UNIX_ADDRESS_H_
