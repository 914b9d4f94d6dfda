#include "service/cli/top/state_feed.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "lib/checker/state_reader.h"

namespace pathwatch::top {
namespace {

// How many paths, and how many logical units, get their turn in one look: some 20 ms.
constexpr std::uint32_t kTurn = 20'000;
constexpr std::uint32_t kLunTurn = 2'000;
constexpr std::size_t kChangesMax = 100;
// More changes than this in one look make it take every path.
constexpr int kStepsMax = 10'000;
constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kTellRestartNs = 15 * kSecondNs;
constexpr std::int64_t kRateNs = 5 * kSecondNs;

// How many records there are of a kind; `before` if that cannot be told now.
std::uint32_t CountOf(const pw_reader* reader, pw_section_kind kind, std::size_t before) {
  std::uint32_t count = 0;
  const pw_result result = pw_record_count(reader, kind, &count);
  if (result == PW_NOT_FOUND) return 0;
  return result == PW_OK ? count : static_cast<std::uint32_t>(before);
}

// A record that is being written, or is damaged, stays as it was.
template <class Record>
void Take(const pw_reader* reader, pw_result (*read)(const pw_reader*, std::uint32_t, Record*),
          std::uint32_t slot, Record& record) {
  Record fresh;
  const pw_result result = read(reader, slot, &fresh);
  if (result == PW_OK || result == PW_NOT_FOUND) record = fresh;
}

}  // namespace

absl::StatusOr<std::unique_ptr<StateFeed>> StateFeed::Open(const std::string& run_dir) {
  std::unique_ptr<StateFeed> feed(new StateFeed(cli::StateFileName(run_dir)));
  const pw_result result = pw_open(feed->file_.c_str(), feed->state_.get());
  if (result != PW_OK && result != PW_BUSY) return cli::Unusable(feed->file_, result);
  auto follower = cli::ChangeFollower::Begin(run_dir, kChangesMax);
  if (!follower.ok()) return follower.status();
  feed->follower_ = *std::move(follower);
  return feed;
}

void StateFeed::Refresh(const present::Clocks& clocks, const std::vector<std::uint32_t>& shown) {
  if (!LookAtFile(clocks)) return;
  TakeChanges(clocks);
  TakePaths(shown);
  TakeOthers();
  TakeCounters(clocks);
  Summarize(clocks);
}

bool StateFeed::LookAtFile(const present::Clocks& clocks) {
  pw_result result = pw_refresh(state_.get());
  pw_header header;
  if (result == PW_OK) result = pw_header_snapshot(state_.get(), &header);
  if (result == PW_BUSY) return false;
  std::int64_t age_ns = 0;
  if (result == PW_OK) result = pw_freshness(state_.get(), clocks.boot_now_ns, &age_ns);
  if (result != PW_OK && result != PW_STALE) {
    snapshot_.trouble = std::string(cli::Unusable(file_, result).message());
    return false;
  }
  if (snapshot_.header.epoch != 0 && header.epoch != snapshot_.header.epoch) {
    restarted_ns_ = clocks.boot_now_ns;
    BeginAnew();
  }
  snapshot_.header = header;
  const std::int64_t restarted_for_ns = clocks.boot_now_ns - restarted_ns_;
  if (result == PW_STALE) {
    snapshot_.trouble = header.heartbeat_boottime_ns == 0
                            ? "pathwatchd gave no sign of life yet"
                            : "the daemon's heartbeat is " + present::AgeForSentence(age_ns) +
                                  " old: this may be out of date";
  } else if (restarted_ns_ != 0 && restarted_for_ns < kTellRestartNs) {
    snapshot_.trouble =
        "pathwatchd was restarted " + present::AgeForSentence(restarted_for_ns) + " ago";
  } else {
    snapshot_.trouble.clear();
  }
  return true;
}

void StateFeed::BeginAnew() {
  all_ = true;
  turn_ = 0;
  lun_turn_ = 0;
  snapshot_.paths.clear();
  snapshot_.nexuses.clear();
  snapshot_.luns.clear();
  snapshot_.details.clear();
  checks_.clear();
}

void StateFeed::TakeChanges(const present::Clocks& clocks) {
  for (int steps = 0; steps < kStepsMax; steps++) {
    const cli::Step step = follower_->Next(clocks.boot_now_ns);
    if (std::holds_alternative<cli::NothingNew>(step) || std::holds_alternative<cli::Lost>(step)) {
      return;
    }
    if (const auto* change = std::get_if<pw_change_record>(&step)) {
      changed_.push_back(change->path_index);
      snapshot_.changes.push_front(*change);
      if (snapshot_.changes.size() > kChangesMax) snapshot_.changes.pop_back();
    } else {
      all_ = true;  // some were missed, or another daemon's come now
    }
  }
  all_ = true;
}

void StateFeed::TakePaths(const std::vector<std::uint32_t>& shown) {
  const auto before = static_cast<std::uint32_t>(snapshot_.paths.size());
  const std::uint32_t count = CountOf(state_.get(), PW_SECTION_PATHS, before);
  snapshot_.paths.resize(count);
  snapshot_.details.clear();
  for (std::uint32_t slot = std::exchange(all_, false) ? 0 : before; slot < count; slot++) {
    TakePath(slot);
  }
  for (std::uint32_t i = 0; i < std::min(kTurn, before); i++, turn_++) {
    if (turn_ >= count) turn_ = 0;
    TakePath(turn_);
  }
  for (const std::uint32_t slot : std::exchange(changed_, {})) TakePath(slot);
  for (const std::uint32_t slot : shown) {
    TakePath(slot);
    Take(state_.get(), pw_read_detail, slot, snapshot_.details[slot]);
  }
}

void StateFeed::TakePath(std::uint32_t slot) {
  if (slot < snapshot_.paths.size()) {
    Take(state_.get(), pw_read_path, slot, snapshot_.paths[slot]);
  }
}

void StateFeed::TakeOthers() {
  auto& nexuses = snapshot_.nexuses;
  nexuses.resize(CountOf(state_.get(), PW_SECTION_NEXUSES, nexuses.size()));
  for (std::uint32_t slot = 0; slot < nexuses.size(); slot++) {
    Take(state_.get(), pw_read_nexus, slot, nexuses[slot]);
  }
  auto& luns = snapshot_.luns;
  const auto before = static_cast<std::uint32_t>(luns.size());
  luns.resize(CountOf(state_.get(), PW_SECTION_LUNS, before));
  for (std::uint32_t slot = before; slot < luns.size(); slot++) {
    Take(state_.get(), pw_read_lun, slot, luns[slot]);
  }
  for (std::uint32_t i = 0; i < std::min(kLunTurn, before); i++, lun_turn_++) {
    if (lun_turn_ >= luns.size()) lun_turn_ = 0;
    if (!luns.empty()) Take(state_.get(), pw_read_lun, lun_turn_, luns[lun_turn_]);
  }
}

void StateFeed::TakeCounters(const present::Clocks& clocks) {
  pw_counters_record counters;
  if (pw_read_counters(state_.get(), &counters) != PW_OK) return;
  checks_.emplace_back(clocks.boot_now_ns, counters.values[PW_COUNTER_CHECKS_SENT]);
  while (checks_.size() > 2 && clocks.boot_now_ns - checks_.front().first > kRateNs) {
    checks_.pop_front();
  }
  const auto [since_ns, sent] = checks_.front();
  if (clocks.boot_now_ns <= since_ns) return;
  snapshot_.checks_per_second = static_cast<double>(checks_.back().second - sent) * kSecondNs /
                                static_cast<double>(clocks.boot_now_ns - since_ns);
}

void StateFeed::Summarize(const present::Clocks& clocks) {
  present::Summarizer summarizer(clocks.boot_now_ns);
  for (const pw_path_record& path : snapshot_.paths) {
    if (path.head.in_use != 0) summarizer.Add(path);
  }
  for (std::uint32_t slot = 0; slot < snapshot_.luns.size(); slot++) {
    summarizer.Add(slot, snapshot_.luns[slot]);
  }
  snapshot_.summary = summarizer.summary();
}

}  // namespace pathwatch::top
