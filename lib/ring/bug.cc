#include "lib/ring/bug.h"

#include <cstdio>
#include <cstdlib>

namespace pathwatch::ring {

void Bug(const std::string& sentence) {
  std::fprintf(stderr, "pathwatch: bug: %s\n", sentence.c_str());
  std::abort();
}

}  // namespace pathwatch::ring
