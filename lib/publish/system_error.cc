#include "lib/publish/system_error.h"

#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch::publish {

absl::Status SystemError(const std::string& what, int error, const std::string& remedy) {
  return {absl::ErrnoToStatusCode(error),
          absl::StrCat(what, ": ", std::generic_category().message(error), "; ", remedy)};
}

}  // namespace pathwatch::publish
