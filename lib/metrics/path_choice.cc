#include "lib/metrics/path_choice.h"

#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_map.h"

namespace pathwatch::metrics {
namespace {

constexpr std::int64_t kHourNs = 3'600'000'000'000;

using Address = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint64_t>;

std::vector<std::uint32_t> OnePerAddress(const Slots<pw_path_record>& paths) {
  absl::flat_hash_map<Address, std::uint32_t> chosen;
  chosen.reserve(paths.size());
  for (std::uint32_t i = 0; i < paths.size(); ++i) {
    const pw_path_record* const path = RecordAt(paths, i);
    if (path == nullptr) continue;
    const auto [other, first] =
        chosen.try_emplace({path->host, path->channel, path->target, path->lun}, i);
    if (first || path->state == PW_STATE_REMOVED) continue;
    if (paths[other->second]->state == PW_STATE_REMOVED) other->second = i;
  }
  std::vector<std::uint32_t> numbers;
  numbers.reserve(chosen.size());
  for (const auto& [address, number] : chosen) numbers.push_back(number);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// The last change of a path is when its state began; whether it had another one before is told by
// its history, which survives a restart of the daemon.
bool ChangedSince(const pw_reader& reader, std::uint32_t number, const pw_path_record& path,
                  std::int64_t since_boottime_ns) {
  if (path.since_boottime_ns < since_boottime_ns) return false;
  pw_history_record history;
  if (pw_read_history(&reader, number, &history) != PW_OK) return false;
  const auto kept = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(history.total, std::uint64_t{PW_HISTORY_CHANGES}));
  return std::any_of(history.changes, history.changes + kept, [&](const pw_change& change) {
    return change.when_boottime_ns >= since_boottime_ns && change.from != PW_STATE_UNKNOWN;
  });
}

bool HasProblem(const pw_reader& reader, std::uint32_t number, const pw_path_record& path,
                std::int64_t now_boottime_ns) {
  return !IsUsable(path) || (path.flags & PW_PATH_UNCONFIRMED) != 0 ||
         IsStale(path, now_boottime_ns) ||
         ChangedSince(reader, number, path, now_boottime_ns - kHourNs);
}

}  // namespace

std::string_view PerPathName(PerPath mode) {
  switch (mode) {
    case PerPath::kAuto:
      return "auto";
    case PerPath::kAll:
      return "all";
    case PerPath::kProblem:
      return "problem";
    case PerPath::kNone:
      return "none";
  }
  return "";
}

PerPath Resolve(PerPath mode, std::uint32_t paths, std::uint32_t all_paths_max) {
  if (mode != PerPath::kAuto) return mode;
  return paths <= all_paths_max ? PerPath::kAll : PerPath::kProblem;
}

std::vector<std::uint32_t> ChoosePaths(const pw_reader& reader, const StateSnapshot& snapshot,
                                       PerPath mode, std::int64_t now_boottime_ns) {
  if (mode == PerPath::kNone) return {};
  std::vector<std::uint32_t> numbers = OnePerAddress(snapshot.paths);
  if (mode == PerPath::kProblem) {
    std::erase_if(numbers, [&](std::uint32_t number) {
      return !HasProblem(reader, number, *snapshot.paths[number], now_boottime_ns);
    });
  }
  return numbers;
}

bool IsUsable(const pw_path_record& path) {
  return path.state == PW_STATE_UP || path.state == PW_STATE_GHOST;
}

bool IsStale(const pw_path_record& path, std::int64_t now_boottime_ns) {
  return path.state != PW_STATE_REMOVED && path.valid_until_boottime_ns != 0 &&
         path.valid_until_boottime_ns < now_boottime_ns;
}

}  // namespace pathwatch::metrics
