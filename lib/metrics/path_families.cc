#include "lib/metrics/path_families.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "lib/checker/state_names.h"
#include "lib/metrics/path_choice.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

std::string NumberIf(const pw_path_record& path, pw_path_flags flag, std::uint16_t number) {
  return (path.flags & flag) != 0 ? std::to_string(number) : "";
}

void AddInfo(const pw_path_record& path, const std::string& name, const Target* target,
             Families& families) {
  const std::string lun = std::to_string(path.lun);
  const std::string tpg = NumberIf(path, PW_PATH_HAS_TPG, path.tpg);
  const std::string rtpi = NumberIf(path, PW_PATH_HAS_RTPI, path.rtpi);
  // A logical unit without an identifier is known by the numbers of its path.
  const std::string_view wwid = path.wwid[0] != '\0' ? std::string_view(path.wwid) : name;
  if (target != nullptr) {
    families.Add(kPathInfo,
                 {name, path.sd_name, wwid, target->hba, target->target_port, lun,
                  pw_transport_name(target->main->transport), tpg, rtpi},
                 1);
    return;
  }
  const std::string hba = absl::StrCat("host", path.host);
  const std::string target_port = absl::StrCat(path.host, ":", path.channel, ":", path.target);
  families.Add(kPathInfo,
               {name, path.sd_name, wwid, hba, target_port, lun,
                pw_transport_name(PW_TRANSPORT_OTHER), tpg, rtpi},
               1);
}

void AddPath(const pw_path_record& path, const Target* target, const Moment& now,
             Families& families) {
  const std::string name =
      absl::StrCat(path.host, ":", path.channel, ":", path.target, ":", path.lun);
  AddInfo(path, name, target, families);
  families.Add(kPathUp, {name}, IsUsable(path) ? 1 : 0);
  families.Add(kPathState, {name, pw_state_name(path.state)}, 1);
  families.Add(kPathAluaState, {name, pw_alua_state_name(path.alua_state)}, 1);
  families.Add(kPathLastCheck, {name}, EpochSeconds(path.last_check_done_boottime_ns, now));
  families.Add(kPathStateChanges, {name}, static_cast<double>(path.state_changes));
  for (std::uint32_t state = 0; state < PW_STATES; ++state) {
    if (path.failures_by_state[state] == 0) continue;
    families.Add(kPathCheckFailures, {name, pw_state_name(state)}, path.failures_by_state[state]);
  }
}

}  // namespace

void AddPathFamilies(const StateSnapshot& snapshot, const Targets& targets,
                     std::span<const std::uint32_t> numbers, const Moment& now,
                     Families& families) {
  for (const MetricId id :
       {kPathInfo, kPathUp, kPathState, kPathAluaState, kPathLastCheck, kPathStateChanges}) {
    families.Reserve(id, numbers.size());
  }
  for (const std::uint32_t number : numbers) {
    const pw_path_record& path = *snapshot.paths[number];
    AddPath(path, TargetOf(targets, path), now, families);
  }
}

}  // namespace pathwatch::metrics
