#include "service/cli/change_follower.h"

#include <algorithm>
#include <utility>

namespace pathwatch::cli {
namespace {

// The first number above `no` for which `is` returns true. REQUIRES: from some number on it is
// true, up to `yes` at least, and never before.
template <class Predicate>
std::uint64_t FirstAbove(std::uint64_t no, std::uint64_t yes, Predicate is) {
  while (yes - no > 1) {
    const std::uint64_t middle = no + (yes - no) / 2;
    (is(middle) ? yes : no) = middle;
  }
  return yes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChangeFollower>> ChangeFollower::Begin(const std::string& run_dir,
                                                                      std::uint64_t last) {
  std::unique_ptr<ChangeFollower> follower(new ChangeFollower(StateFileName(run_dir)));
  absl::Status opened = follower->Open();
  if (!opened.ok()) return opened;
  const std::uint64_t oldest = follower->FirstKept(1);
  const std::uint64_t end = follower->End(oldest);
  follower->next_ = end - std::min(last, end - oldest);
  return follower;
}

absl::Status ChangeFollower::Open() {
  pw_result result = pw_open(file_.c_str(), state_.get());
  if (result != PW_OK) return Unusable(file_, result);
  pw_header header;
  result = pw_header_snapshot(state_.get(), &header);
  if (result != PW_OK) return Unusable(file_, result);
  if (state_.get()->sections[PW_SECTION_CHANGES].capacity == 0) {
    return absl::UnavailableError(
        file_ + ": this pathwatchd publishes no changes: use one of the same release as this tool");
  }
  epoch_ = header.epoch;
  return absl::OkStatus();
}

Step ChangeFollower::Next(std::int64_t boot_now_ns) {
  pw_change_record change;
  pw_result result = pw_read_change(state_.get(), next_, &change);
  // The file is looked at only when it has been read to its end: what a daemon wrote last is not
  // lost because another one has come.
  if (result != PW_OK && result != PW_OVERWRITTEN && result != PW_DAMAGED) {
    const std::optional<Step> event = LookAtFile(boot_now_ns);
    if (event) return *event;
    result = pw_read_change(state_.get(), next_, &change);
  }
  switch (result) {
    case PW_OK:
      next_++;
      return change;
    case PW_OVERWRITTEN: {
      const std::uint64_t kept = FirstKept(next_);
      return Missed{kept - std::exchange(next_, kept)};
    }
    case PW_DAMAGED:
      next_++;
      return Missed{1};
    default:
      return NothingNew{};
  }
}

std::optional<Step> ChangeFollower::LookAtFile(std::int64_t boot_now_ns) {
  pw_header header;
  pw_result result = pw_refresh(state_.get());
  if (result == PW_OK) result = pw_header_snapshot(state_.get(), &header);
  if (result == PW_BUSY) return std::nullopt;
  if (result != PW_OK) return LoseOnce(std::string(Unusable(file_, result).message()));
  if (header.epoch != epoch_) {
    epoch_ = header.epoch;
    next_ = 1;
    lost_ = false;
    return Restarted{};
  }
  result = pw_freshness(state_.get(), boot_now_ns, nullptr);
  if (result == PW_STALE) return LoseOnce("pathwatchd gives no sign of life");
  if (result != PW_OK) return LoseOnce(std::string(Unusable(file_, result).message()));
  if (!std::exchange(lost_, false)) return std::nullopt;
  return Back{};
}

std::optional<Step> ChangeFollower::LoseOnce(const std::string& why) {
  if (std::exchange(lost_, true)) return std::nullopt;
  return Lost{why};
}

pw_result ChangeFollower::Read(std::uint64_t sequence) const {
  pw_change_record change;
  return pw_read_change(state_.get(), sequence, &change);
}

std::uint64_t ChangeFollower::FirstKept(std::uint64_t sequence) const {
  const auto kept = [this](std::uint64_t candidate) { return Read(candidate) != PW_OVERWRITTEN; };
  if (kept(sequence)) return sequence;
  std::uint64_t step = 1;
  while (!kept(sequence + step)) step *= 2;
  return FirstAbove(sequence, sequence + step, kept);
}

std::uint64_t ChangeFollower::End(std::uint64_t kept) const {
  const auto missing = [this](std::uint64_t candidate) {
    const pw_result result = Read(candidate);
    return result != PW_OK && result != PW_OVERWRITTEN;
  };
  if (missing(kept)) return kept;
  // A capacity further on, the same record would have to hold a newer change.
  std::uint64_t step = state_.get()->sections[PW_SECTION_CHANGES].capacity;
  while (!missing(kept + step)) step *= 2;
  return FirstAbove(kept, kept + step, missing);
}

}  // namespace pathwatch::cli
