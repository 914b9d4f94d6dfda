#include "lib/metrics/targets.h"

#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/metrics/histograms.h"
#include "lib/metrics/label_text.h"

namespace pathwatch::metrics {
namespace {

std::string HbaOf(const pw_nexus_record& nexus) {
  return nexus.initiator_port[0] != '\0' ? LabelText(nexus.initiator_port)
                                         : LabelText(HostName(nexus));
}

std::string TargetPortOf(const pw_nexus_record& nexus) {
  return LabelText(nexus.target_port[0] != '\0' ? nexus.target_port : nexus.name);
}

// Nobody misses it.
bool IsLeftOut(const pw_path_record& path) {
  return path.state == PW_STATE_REMOVED && path.reason_kind == PW_REASON_LEFT_OUT;
}

// `silent` begins as true and is settled when all are there.
void Add(const pw_nexus_record& nexus, Target& target) {
  target.nexuses.push_back(&nexus);
  if (target.main == nullptr || nexus.paths_total > target.main->paths_total) target.main = &nexus;
  if (nexus.paths_total > 0 && nexus.silent == 0) target.silent = false;
  target.in_flight += nexus.in_flight;
  for (std::size_t i = 0; i < PW_STATES; ++i) target.by_state[i] += nexus.paths_by_state[i];
  for (std::size_t i = 0; i < PW_COMMANDS; ++i) Merge(nexus.durations[i], target.durations[i]);
}

}  // namespace

Targets TargetsOf(const StateSnapshot& snapshot) {
  Targets targets;
  targets.of_nexus.assign(snapshot.nexuses.size(), PW_NO_INDEX);
  absl::flat_hash_map<std::pair<std::string, std::string>, std::uint32_t> by_ports;
  for (std::uint32_t i = 0; i < snapshot.nexuses.size(); ++i) {
    const pw_nexus_record* const nexus = RecordAt(snapshot.nexuses, i);
    if (nexus == nullptr) continue;
    std::pair<std::string, std::string> ports(HbaOf(*nexus), TargetPortOf(*nexus));
    const auto number = static_cast<std::uint32_t>(targets.all.size());
    const auto [known, first] = by_ports.try_emplace(ports, number);
    if (first) {
      Target& target = targets.all.emplace_back();
      std::tie(target.hba, target.target_port) = std::move(ports);
      target.silent = true;
    }
    targets.of_nexus[i] = known->second;
    Add(*nexus, targets.all[known->second]);
  }
  for (Target& target : targets.all) target.silent &= target.main->paths_total > 0;
  for (const auto& path : snapshot.paths) {
    if (!path || path->nexus_index >= targets.of_nexus.size()) continue;
    const std::uint32_t number = targets.of_nexus[path->nexus_index];
    if (number == PW_NO_INDEX) continue;
    Target& target = targets.all[number];
    if (target.first_path == nullptr) target.first_path = &*path;
    if (IsLeftOut(*path) && target.by_state[PW_STATE_REMOVED] > 0) {
      --target.by_state[PW_STATE_REMOVED];
    }
  }
  return targets;
}

const Target* TargetOf(const Targets& targets, const pw_path_record& path) {
  if (path.nexus_index >= targets.of_nexus.size()) return nullptr;
  const std::uint32_t number = targets.of_nexus[path.nexus_index];
  return number == PW_NO_INDEX ? nullptr : &targets.all[number];
}

std::string HostName(const pw_nexus_record& nexus) {
  const std::string_view name = nexus.name;
  return "host" + std::string(name.substr(0, name.find(':')));
}

}  // namespace pathwatch::metrics
