#include "lib/metrics/lun_families.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/checker/state_names.h"
#include "lib/metrics/label_text.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

// All that have a name; the last is also for those that have none.
constexpr std::uint32_t kAccessStates[] = {
    PW_ALUA_ACTIVE_OPTIMIZED, PW_ALUA_ACTIVE_NON_OPTIMIZED,
    PW_ALUA_STANDBY,          PW_ALUA_UNAVAILABLE,
    PW_ALUA_LBA_DEPENDENT,    PW_ALUA_OFFLINE,
    PW_ALUA_TRANSITIONING,    PW_ALUA_UNKNOWN,
};

struct PortGroups {
  std::uint32_t total = 0;
  std::array<std::uint32_t, std::size(kAccessStates)> by_state{};  // as kAccessStates
};

// By number of the logical unit.
std::vector<PortGroups> CountPortGroups(const StateSnapshot& snapshot) {
  std::vector<PortGroups> groups(snapshot.luns.size());
  for (const auto& group : snapshot.port_groups) {
    if (!group || group->lun_index >= groups.size()) continue;
    const auto* const state =
        std::find(std::begin(kAccessStates), std::end(kAccessStates) - 1, group->alua_state);
    PortGroups& of_lun = groups[group->lun_index];
    of_lun.by_state[static_cast<std::size_t>(state - std::begin(kAccessStates))]++;
    of_lun.total++;
  }
  return groups;
}

std::vector<std::uint32_t> OnePerWwid(const Slots<pw_lun_record>& luns) {
  absl::flat_hash_map<std::string, std::uint32_t> chosen;
  chosen.reserve(luns.size());
  for (std::uint32_t i = 0; i < luns.size(); ++i) {
    if (!luns[i]) continue;
    const auto [other, first] = chosen.try_emplace(LabelText(luns[i]->wwid), i);
    if (first || luns[i]->paths_total == 0) continue;
    if (luns[other->second]->paths_total == 0) other->second = i;
  }
  std::vector<std::uint32_t> numbers;
  numbers.reserve(chosen.size());
  for (const auto& [wwid, number] : chosen) numbers.push_back(number);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

void AddPortGroups(const pw_lun_record& lun, const PortGroups& groups, Families& families) {
  if (groups.total == 0) return;
  for (std::size_t i = 0; i < std::size(kAccessStates); ++i) {
    families.Add(kLunPortGroups, {lun.wwid, pw_alua_state_name(kAccessStates[i])},
                 groups.by_state[i]);
  }
}

}  // namespace

void AddLunFamilies(const StateSnapshot& snapshot, Families& families) {
  const std::vector<PortGroups> groups = CountPortGroups(snapshot);
  const std::vector<std::uint32_t> numbers = OnePerWwid(snapshot.luns);
  families.Reserve(kLunInfo, numbers.size());
  families.Reserve(kLunPaths, numbers.size() * PW_STATES);
  families.Reserve(kLunPathsExpected, numbers.size());
  families.Reserve(kLunPortGroups, numbers.size() * std::size(kAccessStates));
  for (const std::uint32_t number : numbers) {
    const pw_lun_record& lun = *snapshot.luns[number];
    families.Add(kLunInfo, {lun.wwid, lun.dm_name, lun.vendor, lun.product}, 1);
    for (std::uint32_t state = 0; state < PW_STATES; ++state) {
      families.Add(kLunPaths, {lun.wwid, pw_state_name(state)}, lun.paths_by_state[state]);
    }
    families.Add(kLunPathsExpected, {lun.wwid}, lun.paths_expected);
    AddPortGroups(lun, groups[number], families);
  }
}

}  // namespace pathwatch::metrics
