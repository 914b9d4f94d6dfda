#include "service/present/status_summary.h"

namespace pathwatch::present {
namespace {

constexpr std::int64_t kDefaultIntervalNs = 5'000'000'000;
constexpr std::int64_t kDefaultDeadlineNs = 5'000'000'000;

}  // namespace

std::int64_t UnknownGraceNs(const pw_path_record& path) {
  const std::int64_t checked_ns = path.last_check_done_boottime_ns;
  if (checked_ns != 0 && path.valid_until_boottime_ns > checked_ns) {
    return path.valid_until_boottime_ns - checked_ns;
  }
  return kDefaultIntervalNs + kDefaultDeadlineNs;
}

Standing StandingOf(const pw_path_record& path, std::int64_t boot_now_ns) {
  switch (path.state) {
    case PW_STATE_UP:
    case PW_STATE_GHOST:
      return Standing::kUsable;
    case PW_STATE_REMOVED:
      return Standing::kGone;
    case PW_STATE_UNKNOWN:
      return boot_now_ns - path.since_boottime_ns <= UnknownGraceNs(path) ? Standing::kNotYetKnown
                                                                          : Standing::kNotUsable;
    default:
      return Standing::kNotUsable;
  }
}

bool Summarizer::Degraded(const Lun& lun) {
  return (lun.not_usable != 0 || lun.present() < lun.expected) && !NoPath(lun);
}

bool Summarizer::NoPath(const Lun& lun) {
  return Counts(lun) && lun.usable == 0 && lun.not_yet_known == 0;
}

template <class Change>
void Summarizer::Modify(Lun& lun, Change change) {
  summary_.luns -= Counts(lun) ? 1 : 0;
  summary_.degraded -= Degraded(lun) ? 1 : 0;
  summary_.no_path -= NoPath(lun) ? 1 : 0;
  change();
  summary_.luns += Counts(lun) ? 1 : 0;
  summary_.degraded += Degraded(lun) ? 1 : 0;
  summary_.no_path += NoPath(lun) ? 1 : 0;
}

void Summarizer::Take(Lun& lun, Standing standing) {
  Modify(lun, [&] {
    if (standing == Standing::kUsable) lun.usable++;
    if (standing == Standing::kNotYetKnown) lun.not_yet_known++;
    if (standing == Standing::kNotUsable) lun.not_usable++;
  });
}

void Summarizer::Add(std::uint32_t index, const pw_lun_record& lun) {
  if (lun.head.in_use == 0 || lun.paths_expected == 0) return;
  Lun& known = luns_[index];
  Modify(known, [&] { known.expected = lun.paths_expected; });
}

void Summarizer::Add(const pw_path_record& path) {
  const Standing standing = StandingOf(path, boot_now_ns_);
  summary_.by_state[path.state < PW_STATES ? path.state : std::uint8_t{PW_STATE_UNKNOWN}]++;
  if (standing == Standing::kGone) return;
  summary_.paths++;
  if (path.passthrough < kPassthroughs) summary_.by_passthrough[path.passthrough]++;
  summary_.by_way[{path.passthrough, path.passthrough_choice, path.passthrough_error}]++;
  if (path.lun_index == PW_NO_INDEX) {
    // It belongs to no published logical unit, and is one of its own.
    Lun alone;
    Take(alone, standing);
    return;
  }
  Take(luns_[path.lun_index], standing);
}

bool Summarizer::WithoutPath(const pw_path_record& path) const {
  if (path.lun_index == PW_NO_INDEX) return StandingOf(path, boot_now_ns_) == Standing::kNotUsable;
  const auto lun = luns_.find(path.lun_index);
  return lun != luns_.end() && NoPath(lun->second);
}

}  // namespace pathwatch::present
