// Failed system calls as sentences.
#ifndef PATHWATCH_LIB_PUBLISH_SYSTEM_ERROR_H_
#define PATHWATCH_LIB_PUBLISH_SYSTEM_ERROR_H_

#include <string>

#include "absl/status/status.h"

namespace pathwatch::publish {

// "<what>: <text of the errno>; <remedy>", with the status code that fits the errno.
absl::Status SystemError(const std::string& what, int error, const std::string& remedy);

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_SYSTEM_ERROR_H_
