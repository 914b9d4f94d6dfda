// What tur_cost is told on its command line.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_ARGUMENTS_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_ARGUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/passthrough/ring_turs.h"
#include "tests/bench/passthrough/targets.h"

namespace pathwatch::bench {

struct Arguments {
  std::string mode;
  Passthrough passthrough = Passthrough::kSg;
  std::optional<Manner::Form> form;  // of the modes with a ring; each has its own otherwise
  bool gate = true;                  // Manner::gate
  std::int64_t interval_ns = 5'000'000'000;
  std::int64_t grid_ns = 0;  // starts wait for a multiple of it; 0: they do not
  std::int64_t duration_ns = 20'000'000'000;
  std::size_t turs = 20'000;
  std::size_t batch = 64;
  std::vector<std::string> nodes;
};

// The text of --help.
std::string Usage();

// On failure the status names the argument and says what is possible.
absl::StatusOr<Arguments> ParseArguments(int argc, const char* const* argv);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_ARGUMENTS_H_
