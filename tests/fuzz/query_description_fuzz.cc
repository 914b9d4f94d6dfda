#include <cstddef>
#include <cstdint>

#include "tests/fuzz/query_entries.h"
#include "tests/fuzz/report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pathwatch::fuzz::StopIfBroken(pathwatch::query::CheckDescription({data, size}));
  return 0;
}
