#include "tests/bench/passthrough/ring_modes.h"

#include <algorithm>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::bench {
namespace {

// How long a loop that only waits for replies does so before it looks at the time again.
constexpr std::int64_t kLongNs = 1'000'000'000;
// A command that takes longer than this is out for good, as far as a bench goes.
constexpr std::int64_t kPatienceNs = 60'000'000'000;

absl::Status AllGood(const std::vector<Answer>& answers, const std::vector<Target>& targets) {
  for (const Answer& answer : answers) {
    if (!answer.good) {
      return absl::FailedPreconditionError(
          absl::StrCat(targets[answer.target].node, " does not answer GOOD: nothing to measure"));
    }
  }
  return absl::OkStatus();
}

void Count(const std::vector<Answer>& answers, Cost& cost) {
  for (const Answer& answer : answers) cost.Answered(answer.latency_ns);
}

// Waits for what is still out.
absl::Status Drain(RingTurs& turs, std::vector<Answer>& answers, Cost& cost) {
  const std::int64_t end_ns = NowNs() + kPatienceNs;
  while (turs.out() > 0) {
    if (NowNs() > end_ns) return absl::DeadlineExceededError("a command does not come back");
    if (absl::Status status = turs.Turn(NowNs() + kLongNs, answers); !status.ok()) return status;
    Count(answers, cost);
  }
  return absl::OkStatus();
}

absl::Status WarmUp(RingTurs& turs, std::size_t targets) {
  std::vector<Answer> answers;
  Cost ignored;
  for (std::size_t target = 0; target < targets; ++target) {
    absl::Status status = turs.Start(target);
    if (status.ok()) status = Drain(turs, answers, ignored);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// When the start number `index` is due.
class Pace {
 public:
  Pace(const Arguments& arguments, std::size_t targets, std::int64_t begin_ns)
      : gap_ns_(static_cast<double>(arguments.interval_ns) / static_cast<double>(targets)),
        grid_ns_(arguments.grid_ns),
        begin_ns_(begin_ns) {}

  std::int64_t Due(std::size_t index) const {
    auto after_ns = static_cast<std::int64_t>(gap_ns_ * static_cast<double>(index));
    if (grid_ns_ > 0) after_ns = (after_ns + grid_ns_ - 1) / grid_ns_ * grid_ns_;
    return begin_ns_ + after_ns;
  }

 private:
  const double gap_ns_;
  const std::int64_t grid_ns_;
  const std::int64_t begin_ns_;
};

}  // namespace

absl::StatusOr<Cost> Paced(const Arguments& arguments, Manner manner,
                           const std::vector<Target>& targets) {
  auto turs = RingTurs::Create(manner, targets);
  if (!turs.ok()) return turs.status();
  RingTurs& ring = **turs;
  if (absl::Status warm = WarmUp(ring, targets.size()); !warm.ok()) return warm;
  std::vector<Answer> answers;
  Cost cost;
  cost.Begin();
  const std::int64_t begin_ns = NowNs();
  const std::int64_t end_ns = begin_ns + arguments.duration_ns;
  const Pace pace(arguments, targets.size(), begin_ns);
  std::size_t next = 0;
  for (std::int64_t now_ns = begin_ns; now_ns < end_ns; now_ns = NowNs()) {
    for (; pace.Due(next) <= now_ns; ++next) {
      const std::size_t target = next % targets.size();
      if (ring.Out(target)) {
        return absl::DeadlineExceededError(
            absl::StrCat(targets[target].node, " has not answered within an interval"));
      }
      if (absl::Status status = ring.Start(target); !status.ok()) return status;
    }
    absl::Status status = ring.Turn(std::min(pace.Due(next), end_ns), answers);
    status.Update(AllGood(answers, targets));
    if (!status.ok()) return status;
    Count(answers, cost);
  }
  absl::Status drained = Drain(ring, answers, cost);
  if (!drained.ok()) return drained;
  cost.End();
  return cost;
}

absl::StatusOr<Cost> Batch(const Arguments& arguments, Manner manner,
                           const std::vector<Target>& targets) {
  auto turs = RingTurs::Create(manner, targets);
  if (!turs.ok()) return turs.status();
  RingTurs& ring = **turs;
  if (absl::Status warm = WarmUp(ring, targets.size()); !warm.ok()) return warm;
  std::vector<Answer> answers;
  Cost cost;
  cost.Begin();
  std::size_t started = 0;
  while (cost.turs() < arguments.turs) {
    // A target that is still out ends the round: the others are not to overtake it for ever.
    while (started < arguments.turs && ring.out() < arguments.batch &&
           !ring.Out(started % targets.size())) {
      if (absl::Status status = ring.Start(started % targets.size()); !status.ok()) return status;
      ++started;
    }
    absl::Status status = ring.Turn(NowNs() + kPatienceNs, answers);
    status.Update(AllGood(answers, targets));
    if (!status.ok()) return status;
    if (answers.empty() && ring.out() == 0) return absl::InternalError("nothing is out");
    Count(answers, cost);
  }
  cost.End();
  return cost;
}

absl::Status WarmUp(Manner manner, const std::vector<Target>& targets) {
  auto turs = RingTurs::Create(manner, targets);
  return turs.ok() ? WarmUp(**turs, targets.size()) : turs.status();
}

}  // namespace pathwatch::bench
