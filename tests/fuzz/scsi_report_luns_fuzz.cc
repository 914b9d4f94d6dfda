#include <cstddef>
#include <cstdint>

#include "tests/fuzz/report.h"
#include "tests/fuzz/scsi_entries.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pathwatch::fuzz::StopIfBroken(pathwatch::scsi::CheckReportLuns({data, size}));
  return 0;
}
