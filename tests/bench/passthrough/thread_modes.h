// Baselines that call ioctl(SG_IO), which sleeps until the reply is there.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_THREAD_MODES_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_THREAD_MODES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/passthrough/arguments.h"
#include "tests/bench/passthrough/cost.h"
#include "tests/bench/passthrough/targets.h"

namespace pathwatch::bench {

// One thread, one command after the other, `arguments.turs` of them.
absl::StatusOr<Cost> InTurn(const Arguments& arguments, const std::vector<Target>& targets);

// A detached thread per command that does nothing else, as multipathd's tur checker has it: at
// the pace of `arguments` for its duration ...
absl::StatusOr<Cost> PacedThreads(const Arguments& arguments, const std::vector<Target>& targets);
// ... or `arguments.turs` of them, at most `arguments.batch` at a time.
absl::StatusOr<Cost> SaturatedThreads(const Arguments& arguments,
                                      const std::vector<Target>& targets);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_THREAD_MODES_H_
