#include "service/cli/opened_state.h"

#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"

namespace pathwatch::cli {

std::string StateFileName(const std::string& run_dir) { return run_dir + "/state"; }

absl::Status Unusable(const std::string& file, pw_result result) {
  const int error = errno;
  std::string sentence = absl::StrFormat("%s: %s", file, pw_strerror(result));
  if (result == PW_CANNOT_READ) absl::StrAppendFormat(&sentence, ": %s", std::strerror(error));
  return absl::UnavailableError(sentence);
}

}  // namespace pathwatch::cli
