#include "lib/config/problem.h"

#include "absl/strings/str_cat.h"

namespace pathwatch::config {

std::string TextOf(const Problem& problem) {
  if (problem.line == 0) return absl::StrCat(problem.file, ": ", problem.what);
  return absl::StrCat(problem.file, ":", problem.line, ": ", problem.what);
}

}  // namespace pathwatch::config
