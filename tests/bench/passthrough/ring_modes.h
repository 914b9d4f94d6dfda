// Baselines that drive an io_uring in one thread.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_RING_MODES_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_RING_MODES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/passthrough/arguments.h"
#include "tests/bench/passthrough/cost.h"
#include "tests/bench/passthrough/ring_turs.h"
#include "tests/bench/passthrough/targets.h"

namespace pathwatch::bench {

// Each target once per interval, the starts spread evenly over it, for the duration given.
// Fails if a reply is not GOOD, or a target has not answered within an interval.
absl::StatusOr<Cost> Paced(const Arguments& arguments, Manner manner,
                           const std::vector<Target>& targets);

// `arguments.batch` commands out, in turn over the targets and never two on one, until
// `arguments.turs` have been answered. Fails if a reply is not GOOD.
absl::StatusOr<Cost> Batch(const Arguments& arguments, Manner manner,
                           const std::vector<Target>& targets);

// One command to each target, whatever it answers: a new device reports unit attentions first. The
// modes above begin with it too, as the first use of memory is dear.
absl::Status WarmUp(Manner manner, const std::vector<Target>& targets);

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_RING_MODES_H_
