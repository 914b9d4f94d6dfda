#include "service/cli/top/path_order.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "lib/checker/state_names.h"
#include "service/cli/worst_paths.h"

namespace pathwatch::top {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A path with what it is sorted by: the greatest `rank` first, then the least address.
struct Ranked {
  std::uint64_t rank;
  std::uint64_t address;
  std::uint32_t slot;
};

bool ComesBefore(const Ranked& a, const Ranked& b) {
  return std::tuple(b.rank, a.address, a.slot) < std::tuple(a.rank, b.address, b.slot);
}

// As much of H:C:T:L as fits; equal ones stay in the order of their slots.
std::uint64_t AddressOf(const pw_path_record& path) {
  return std::uint64_t{path.host & 0xffffU} << 48 | std::uint64_t{path.channel & 0xffU} << 40 |
         std::uint64_t{path.target & 0xffffU} << 24 | (path.lun & 0xffffffU);
}

std::uint64_t RankByState(const pw_path_record& path, std::int64_t boot_now_ns) {
  switch (present::StandingOf(path, boot_now_ns)) {
    case present::Standing::kGone:
      return 0;
    case present::Standing::kUsable:
      return path.state == PW_STATE_UP ? 1 : 2;
    case present::Standing::kNotYetKnown:
      return 3;
    case present::Standing::kNotUsable:
      break;
  }
  return 4 + static_cast<std::uint64_t>(cli::GravityOf(path));
}

// sda before sdb before sdaa; paths without a device come last.
std::uint64_t RankByDevice(const pw_path_record& path) {
  const std::size_t length = std::strlen(path.sd_name);
  if (length == 0) return 0;
  std::uint64_t name = 0;
  for (std::size_t i = 0; i < 7; i++) {
    name = name << 8 | static_cast<unsigned char>(i < length ? path.sd_name[i] : '\0');
  }
  return ~(std::uint64_t{std::min<std::size_t>(length, 255)} << 56 | name);
}

std::uint64_t RankOf(const pw_path_record& path, SortBy sort, std::int64_t boot_now_ns) {
  switch (sort) {
    case SortBy::kState:
      return RankByState(path, boot_now_ns);
    case SortBy::kLatency:
      return path.last_check_done_boottime_ns != 0 ? path.latency_us + std::uint64_t{1} : 0;
    case SortBy::kDevice:
      return RankByDevice(path);
    case SortBy::kChange:
      return static_cast<std::uint64_t>(std::max<std::int64_t>(path.since_boottime_ns, 0));
  }
  return 0;
}

bool FitsText(const Snapshot& snapshot, const pw_path_record& path, std::string_view part) {
  // The nexus and the host are the beginning of the address, except for the word "host".
  return Contains(path.sd_name, part) || Contains(path.wwid, part) ||
         Contains(pw_state_name(path.state), part) || Contains(present::PathName(path), part) ||
         Contains(MapOf(snapshot, path), part) || Contains(present::HostName(path), part);
}

bool Fits(const Snapshot& snapshot, const pw_path_record& path, const Controls& controls,
          std::string_view part, std::int64_t boot_now_ns) {
  if (path.head.in_use == 0) return false;
  if (controls.only_not_usable &&
      present::StandingOf(path, boot_now_ns) != present::Standing::kNotUsable) {
    return false;
  }
  return part.empty() || FitsText(snapshot, path, part);
}

}  // namespace

bool Contains(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return Lower(a) == b; }) != text.end() ||
         part.empty();
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

PathWindow ChoosePaths(const Snapshot& snapshot, const Controls& controls, std::size_t rows,
                       std::int64_t boot_now_ns) {
  const std::string part = LowerCase(controls.filter);
  std::vector<Ranked> ranked;
  ranked.reserve(snapshot.paths.size());
  for (std::uint32_t slot = 0; slot < snapshot.paths.size(); slot++) {
    const pw_path_record& path = snapshot.paths[slot];
    if (!Fits(snapshot, path, controls, part, boot_now_ns)) continue;
    ranked.push_back({RankOf(path, controls.sort, boot_now_ns), AddressOf(path), slot});
  }
  PathWindow window;
  window.fitting = ranked.size();
  window.first = std::min(controls.first, LastFirst(rows, ranked.size()));
  const auto begin = ranked.begin() + static_cast<std::ptrdiff_t>(window.first);
  const auto end =
      begin + static_cast<std::ptrdiff_t>(std::min(rows, ranked.size() - window.first));
  if (begin != ranked.end()) std::nth_element(ranked.begin(), begin, ranked.end(), ComesBefore);
  std::partial_sort(begin, end, ranked.end(), ComesBefore);
  for (auto path = begin; path != end; ++path) window.slots.push_back(path->slot);
  return window;
}

}  // namespace pathwatch::top
