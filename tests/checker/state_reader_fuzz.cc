// libFuzzer: the first byte says whether the checksums get repaired, the rest is the file.
// bazel build --config=fuzz //tests/checker:state_reader_fuzz, then run
// bazel-bin/tests/checker/state_reader_fuzz -max_total_time=60 -max_len=16384 DIRECTORY, where
// DIRECTORY holds state files with a byte before them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "tests/checker/exercise_reader.h"
#include "tests/publish/sample_state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const pathwatch::publish::TempRunDirectory directory;
  if (size == 0) return 0;
  std::vector<std::uint8_t> bytes(data + 1, data + size);
  if (data[0] % 2 != 0) pathwatch::checker::RepairChecksums(bytes);
  pathwatch::publish::WriteBytes(directory.state(), bytes);
  if (!pathwatch::checker::ExerciseReader(directory.state()).broken.empty()) std::abort();
  return 0;
}
