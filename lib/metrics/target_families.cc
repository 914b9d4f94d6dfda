#include "lib/metrics/target_families.h"

#include <map>
#include <string>

#include "lib/checker/state_names.h"
#include "lib/metrics/histograms.h"
#include "lib/metrics/label_text.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

void AddInfo(const Target& target, Families& families) {
  const pw_nexus_record& nexus = *target.main;
  const pw_path_record* const path = target.first_path;
  families.Add(kTargetInfo,
               {target.hba, target.target_port, HostName(nexus), pw_transport_name(nexus.transport),
                nexus.port_name, nexus.portal, path == nullptr ? "" : path->vendor,
                path == nullptr ? "" : path->product},
               1);
}

void AddDurations(const Target& target, Families& families) {
  for (std::uint32_t command = 0; command < PW_COMMANDS; ++command) {
    const pw_histogram& durations = target.durations[command];
    if (CountOf(durations) == 0) continue;
    families.Add(kTargetDuration, {target.hba, target.target_port, pw_command_name(command)},
                 CumulativeOf(durations, pw_duration_bound_ns));
  }
}

// One for each remote port or session with a device; of others the last look may be long ago. Of
// several records of the same one that counts which most paths that are not removed go through.
void AddPortStates(const Target& target, pw_transport transport, MetricId id, Families& families) {
  std::map<std::string, const pw_nexus_record*> by_name;
  for (const pw_nexus_record* nexus : target.nexuses) {
    if (nexus->transport != transport) continue;
    if (nexus->paths_total == 0 || nexus->port_name[0] == '\0' || nexus->port_state[0] == '\0')
      continue;
    const auto [other, first] = by_name.try_emplace(LabelText(nexus->port_name), nexus);
    if (!first && nexus->paths_total > other->second->paths_total) other->second = nexus;
  }
  for (const auto& [name, nexus] : by_name) {
    families.Add(id, {target.hba, target.target_port, name, nexus->port_state}, 1);
  }
}

}  // namespace

void AddTargetFamilies(const Targets& targets, Families& families) {
  families.Reserve(kTargetPaths, targets.all.size() * PW_STATES);
  for (const Target& target : targets.all) {
    AddInfo(target, families);
    for (std::uint32_t state = 0; state < PW_STATES; ++state) {
      families.Add(kTargetPaths, {target.hba, target.target_port, pw_state_name(state)},
                   static_cast<double>(target.by_state[state]));
    }
    families.Add(kTargetSilent, {target.hba, target.target_port}, target.silent ? 1 : 0);
    families.Add(kTargetInflight, {target.hba, target.target_port},
                 static_cast<double>(target.in_flight));
    AddDurations(target, families);
    AddPortStates(target, PW_TRANSPORT_FC, kRportState, families);
    AddPortStates(target, PW_TRANSPORT_ISCSI, kIscsiSessionState, families);
  }
}

}  // namespace pathwatch::metrics
