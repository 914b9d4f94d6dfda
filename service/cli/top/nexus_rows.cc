#include "service/cli/top/nexus_rows.h"

#include <algorithm>
#include <tuple>

#include "lib/checker/state_names.h"
#include "service/cli/top/path_order.h"
#include "service/present/nexus_json.h"

namespace pathwatch::top {
namespace {

struct Latencies {
  std::uint64_t sum_us = 0;
  std::uint64_t paths = 0;
  std::uint32_t maximum_us = 0;
};

// By nexus_index.
std::vector<Latencies> LatenciesOf(const Snapshot& snapshot) {
  std::vector<Latencies> latencies(snapshot.nexuses.size());
  for (const pw_path_record& path : snapshot.paths) {
    const bool counts = path.head.in_use != 0 && path.state != PW_STATE_REMOVED &&
                        path.last_check_done_boottime_ns != 0 &&
                        path.nexus_index < latencies.size();
    if (!counts) continue;
    Latencies& of_nexus = latencies[path.nexus_index];
    of_nexus.sum_us += path.latency_us;
    of_nexus.paths++;
    of_nexus.maximum_us = std::max(of_nexus.maximum_us, path.latency_us);
  }
  return latencies;
}

bool Fits(const NexusRow& row, const Controls& controls, std::string_view part) {
  const pw_nexus_record& nexus = *row.nexus;
  if (controls.only_not_usable && nexus.silent == 0 && row.usable == nexus.paths_total) {
    return false;
  }
  return Contains(nexus.name, part) || Contains(present::NexusHostName(nexus), part) ||
         Contains(nexus.initiator_port, part) || Contains(nexus.target_port, part) ||
         Contains(pw_transport_name(nexus.transport), part);
}

bool ComesBefore(const NexusRow& a, const NexusRow& b, SortBy sort) {
  const auto rank = [sort](const NexusRow& row) {
    const std::uint64_t troubled = row.nexus->paths_total - row.usable;
    if (sort == SortBy::kState) return std::tuple(row.nexus->silent != 0, troubled);
    return std::tuple(false, sort == SortBy::kLatency ? std::uint64_t{row.average_us} : 0);
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b);
  return present::NexusAddress(*a.nexus) < present::NexusAddress(*b.nexus);
}

}  // namespace

std::vector<NexusRow> NexusRows(const Snapshot& snapshot, const Controls& controls) {
  const std::vector<Latencies> latencies = LatenciesOf(snapshot);
  const std::string part = LowerCase(controls.filter);
  std::vector<NexusRow> rows;
  for (std::size_t i = 0; i < snapshot.nexuses.size(); i++) {
    const pw_nexus_record& nexus = snapshot.nexuses[i];
    if (nexus.head.in_use == 0) continue;
    NexusRow row{&nexus};
    row.usable = nexus.paths_by_state[PW_STATE_UP] + nexus.paths_by_state[PW_STATE_GHOST];
    row.maximum_us = latencies[i].maximum_us;
    if (latencies[i].paths != 0) {
      row.average_us = static_cast<std::uint32_t>(latencies[i].sum_us / latencies[i].paths);
    }
    if (Fits(row, controls, part)) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [&controls](const NexusRow& a, const NexusRow& b) {
    return ComesBefore(a, b, controls.sort);
  });
  return rows;
}

}  // namespace pathwatch::top
